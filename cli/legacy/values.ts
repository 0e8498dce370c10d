/** A value that cannot be taken in as it is. The message never repeats the value, which may be personal. */
export class Unreadable extends Error {}

export type Value = string | number | boolean | null;

/** Reads the text of a value of the old database. `type` is the type of its column. */
export type Reader = (text: string, type: string) => Value;

export const text: Reader = (value) => value.trim() || null;

/** As it is: a hash, or an id of Stripe's. */
export const exact: Reader = (value) => value || null;

const UUID = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

export const uuid: Reader = (value) => {
  if (!UUID.test(value)) throw new Unreadable("is not a UUID");
  return value;
};

/**
 * An instant. The old application wrote UTC into columns without a time zone. A plain date becomes noon in UTC: that is on
 * the same day in nearly every time zone.
 */
export const instant: Reader = (value, type) => {
  if (type === "date") return `${value} 12:00:00+00`;
  return type === "timestamp without time zone" ? `${value}+00` : value;
};

export const day: Reader = (value) => value.slice(0, 10);

const YES = new Set(["true", "t", "1", "yes", "y"]);
const NO = new Set(["false", "f", "0", "no", "n"]);

export const yesOrNo: Reader = (value) => {
  const word = value.toLowerCase();
  if (!YES.has(word) && !NO.has(word)) throw new Unreadable("is neither true nor false");
  return YES.has(word);
};

const DECIMAL = /^(-?)(\d+)(?:\.(\d*))?$/;

/** A decimal number times ten to a power, exactly. Refused if anything is left behind the point. */
function scaled(value: string, power: number): number {
  const [, sign, whole = "", fraction = ""] = DECIMAL.exec(value) ?? [];
  if (sign === undefined) throw new Unreadable("is not a plain number");
  const digits = fraction.padEnd(power, "0");
  if (/[1-9]/.test(digits.slice(power))) throw new Unreadable("is a fraction of a cent, or of one");
  const number = Number(`${sign}${whole}${digits.slice(0, power)}`);
  if (!Number.isSafeInteger(number)) throw new Unreadable("is too large");
  return number;
}

/** A whole number, also from a column of floats. */
export const integer: Reader = (value) => scaled(value, 0);

/** Cents from an amount in dollars. */
export const dollars: Reader = (value) => scaled(value, 2);

/** One of these words, or of those that the old platform may have used for it. Upper case counts too. */
export const oneOf =
  (words: readonly string[], old_words: Record<string, string> = {}): Reader =>
  (value) => {
    const word = value.trim().toLowerCase().replaceAll(/[ -]/g, "_");
    const ours = words.includes(word) ? word : old_words[word];
    if (ours === undefined) throw new Unreadable("has a value that we do not know");
    return ours;
  };
