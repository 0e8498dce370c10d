import type { Settings } from "../env.ts";
import type { MailSender } from "../organisation/organisation.ts";
import type { CommonWords } from "./common-words.ts";
import type { Letter } from "./letter.ts";
import type { Say } from "./words.ts";

type Discretion = Pick<MailSender, "name" | "discreet_mails" | "sensitive_words">;

/** Whether a text has one of the words: as a whole word, in whichever case, also with an s at its end. */
export function hasWord(text: string, words: readonly string[]): boolean {
  const plain = plainly(text);
  return words.some((word) => {
    if (!/[\p{L}\p{N}]/u.test(word)) return false;
    const escaped = plainly(word)
      .replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
      .replaceAll(/\s+/g, "\\s+");
    // A digit beside a word hides it from nobody: Pride2026.
    return new RegExp(`(?<!\\p{L})${escaped}(?:'?s)?(?!\\p{L})`, "iu").test(plain);
  });
}

/** The same letters in one spelling, without what nobody sees. */
const plainly = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replaceAll("’", "'")
    .trim();

/** The first of these that says no sensitive word. */
const firstWithout = (words: readonly string[], ...texts: string[]): string | undefined =>
  texts.find((text) => !hasWord(text, words));

/**
 * The letter with a subject and a preview that give nothing away, if the organization wants that: an event's title, the
 * organization's name and what volunteers type may hold a sensitive word. If even our neutral words do, dots are left.
 */
export function discreetly(letter: Letter, { discreet_mails, sensitive_words }: Discretion, common: Say<CommonWords>) {
  if (!discreet_mails) return letter;
  const { subject, preheader } = letter;
  const neutral = [common("neutral_subject"), common("most_neutral_subject")];
  return {
    ...letter,
    subject: firstWithout(sensitive_words, subject, ...neutral) ?? "…",
    preheader: firstWithout(sensitive_words, preheader, common("neutral_preheader")) ?? "…",
  };
}

/**
 * The name that mailboxes show as the sender: MAIL_FROM_NAME. If mails are discreet and it has a sensitive word, the
 * organization's name; if that has one too, the address itself, which mailboxes show anyway.
 */
export function senderName(
  { MAIL_FROM_NAME, MAIL_FROM_EMAIL }: Pick<Settings, "MAIL_FROM_NAME" | "MAIL_FROM_EMAIL">,
  { name, discreet_mails, sensitive_words }: Discretion,
): string {
  if (!discreet_mails) return MAIL_FROM_NAME;
  return firstWithout(sensitive_words, MAIL_FROM_NAME, name) ?? MAIL_FROM_EMAIL;
}
