import type { CountryCode } from "libphonenumber-js/min";
import { invalid } from "../http/errors.ts";

/** Whether a phone number can be read without knowing the country. */
export const isInternational = (phone: string): boolean => /^\s*(\+|00)/.test(phone);

/**
 * A phone number in E.164, such as `+12125550123`; an extension follows as `;ext=12`. Numbers without `+` are read as
 * people dial them in `country` (ISO 3166-1). 400 if it is no phone number.
 * https://www.itu.int/rec/T-REC-E.164
 */
export async function readPhone(phone: string, country: string | undefined): Promise<string> {
  // Its tables take time to load, and few requests need them.
  const { isSupportedCountry, parsePhoneNumberFromString } = await import("libphonenumber-js/min");
  const international = phone.replace(/^\s*00/, "+");
  const known: CountryCode | undefined = country && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(international, known ? { defaultCountry: known } : {});
  if (!parsed?.isPossible())
    throw invalid("phone", "must be a phone number such as +1 212 555 0123, or one as you dial it at home");
  return parsed.ext ? `${parsed.number};ext=${parsed.ext}` : parsed.number;
}
