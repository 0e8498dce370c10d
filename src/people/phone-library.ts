/** All that we use of the library. The bundler leaves out the rest only because these are named. */
export { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
