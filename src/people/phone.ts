import type { CountryCode } from "libphonenumber-js/min";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { invalid } from "../http/errors.ts";
import { organisation_settings } from "../tables/organisation.ts";

/** Whether a phone number can be read without knowing the country. */
export const isInternational = (phone: string): boolean => /^\s*(\+|00)/.test(phone);

/**
 * A phone number in E.164, such as `+12125550123`; an extension follows as `;ext=12`. Numbers without `+` are read as
 * people dial them in `country` (ISO 3166-1). 400 if it is no phone number.
 * https://www.itu.int/rec/T-REC-E.164
 */
export async function readPhone(phone: string, country: string | undefined): Promise<string> {
  // Its tables take time to load, and few requests need them.
  const { isSupportedCountry, parsePhoneNumberFromString } = await import("./phone-library.ts");
  const international = phone.replace(/^\s*00/, "+");
  const known: CountryCode | undefined = country && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(international, known ? { defaultCountry: known } : {});
  if (!parsed?.isPossible())
    throw invalid("phone", "must be a phone number such as +1 212 555 0123, or one as you dial it at home");
  return parsed.ext ? `${parsed.number};ext=${parsed.ext}` : parsed.number;
}

/** The country whose phone numbers need no prefix. */
const selectCountry = () => query.select({ country: organisation_settings.country }).from(organisation_settings);

/** The same for a number as people dial it in the organization's country. Without a prefix, it takes one round trip. */
export async function readPhoneHere({ transact }: Pick<Context, "transact">, phone: string): Promise<string> {
  if (isInternational(phone)) return readPhone(phone, undefined);
  const { country } = await transact((t) => t.one(selectCountry()));
  return readPhone(phone, country);
}
