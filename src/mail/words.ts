/** The words of a mail, by the name of each text. `{name}` in a text stands for a value. */
export type Texts = Readonly<Record<string, string>>;

/** The languages that mails are written in, and how each writes dates and amounts. */
export const LOCALES = { en: "en-US" } as const;
export type Locale = keyof typeof LOCALES;

/** The language that we write to somebody in: theirs, once there are words in it. */
export const localeOf = (language: string | null | undefined): Locale =>
  language && Object.hasOwn(LOCALES, language) ? (language as Locale) : "en";

/** What every text may say without being given it: the organization's name, and the first name of whoever gets the mail. */
const KNOWN = ["organization", "first_name"] as const;
type Known = (typeof KNOWN)[number];

type PlaceholderIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderIn<Rest>
  : never;
type Needed<Text extends string> = Exclude<PlaceholderIn<Text>, Known>;

/** Says a text of the dictionary, with the values that it needs. */
export type Say<Words extends Texts> = <Name extends keyof Words & string>(
  name: Name,
  ...values: [Needed<Words[Name]>] extends [never] ? [] : [Record<Needed<Words[Name]>, string>]
) => string;

const PLACEHOLDER = /\{(\w+)\}/g;

/** The names of a text's placeholders. */
export const placeholdersIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name)),
];

/** The placeholders that new words for a text may have, and those that they must have: what carries a fact. */
export function placeholdersFor(original: string, words: Texts): { allowed: string[]; required: string[] } {
  const names = placeholdersIn(original);
  const greets = Object.values(words).some((text) => placeholdersIn(text).includes("first_name"));
  const known = KNOWN.filter((name) => name === "organization" || greets);
  return {
    allowed: [...new Set([...names, ...known])],
    required: names.filter((name) => !KNOWN.some((known) => known === name)),
  };
}

/** What is wrong with new words for a text, as it follows the text's name in a sentence. Null if nothing is. */
export function whatIsWrongWith(text: string, original: string, words: Texts): string | null {
  const { allowed, required } = placeholdersFor(original, words);
  const used = placeholdersIn(text);
  const [unknown] = used.filter((name) => !allowed.includes(name));
  if (unknown) return `must not contain {${unknown}}: this email knows no such value`;
  if (/[{}]/.test(text.replaceAll(PLACEHOLDER, ""))) return "must have braces only around the name of a value";
  const [missing] = required.filter((name) => !used.includes(name));
  return missing ? `must contain {${missing}}` : null;
}

/**
 * Says the texts of a dictionary. Changed words count only while they fit: after an update they may lack what the mail must
 * say, and then the original is used.
 */
export function speaker(words: Texts, known: Partial<Record<Known, string>>, changed: Texts = {}) {
  return (name: string, values: Readonly<Record<string, string>> = {}): string => {
    const original = words[name];
    if (original === undefined) throw new Error(`There is no text ${name}`);
    const other = changed[name];
    const text = other !== undefined && whatIsWrongWith(other, original, words) === null ? other : original;
    const all: Readonly<Record<string, string>> = { ...known, ...values };
    return text.replaceAll(PLACEHOLDER, (_, placeholder: string) => {
      const value = all[placeholder];
      if (value === undefined) throw new Error(`Nothing is known for {${placeholder}} in ${name}`);
      return value;
    });
  };
}
