/** All that we use of the library. The bundler leaves out the rest only if somebody names what is used. */
export { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
