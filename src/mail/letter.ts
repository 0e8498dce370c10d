import type * as z from "zod";
import type { LinkPurpose } from "../access/signatures.ts";
import type { Settings } from "../env.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { CommonWords } from "./common-words.ts";
import type { Formats } from "./formats.ts";
import type { Locale, Say, Texts } from "./words.ts";

/** A row of a table: its label and its value. */
export type Fact = [label: string, value: string];

/** A part of a mail; a string is a paragraph, and `written` is what a volunteer wrote in Markdown. We render each part twice: as HTML and as text. */
export type Block =
  | string
  | { kind: "quote"; text: string }
  | { kind: "button"; label: string; url: string }
  | { kind: "link"; label: string; url: string }
  | { kind: "facts"; rows: Fact[] }
  | { kind: "written"; markdown: string };

/**
 * What a mail says. Strangers may see the subject and the preheader, the line that mailboxes show beside it, on a locked
 * screen. So both reveal nothing about the person except that the organization writes to them.
 */
export interface Letter {
  subject: string;
  preheader: string;
  blocks: Block[];
  /** Where replies go, if not to the sender. */
  reply_to?: string | null;
  locale: Locale;
}

export const quote = (text: string): Block => ({ kind: "quote", text });
export const facts = (...rows: Fact[]): Block => ({ kind: "facts", rows });

/** What the mail asks for: at most one in each mail. Nothing without a URL. */
export const button = (label: string, url: string | undefined): Block[] =>
  url ? [{ kind: "button", label, url }] : [];

/** The same for a page that a frontend has. Without a URL, words tell the reader where to go. */
export const signInButton = (label: string, url: string | undefined, common: Say<CommonWords>): Block[] =>
  url ? button(label, url) : [common("where_you_sign_in")];

/** What the reader may also do. Nothing without a URL. */
export const link = (label: string, url: string | undefined): Block[] => (url ? [{ kind: "link", label, url }] : []);

/** What a template may use besides its own data. */
export interface Surroundings<Words extends Texts = Texts> {
  settings: Settings;
  organisation: Organisation;
  /** The signed token of the mail's link, if it has one. */
  token: string | undefined;
  /** Says a text of the template, and one that many templates share. */
  say: Say<Words>;
  common: Say<CommonWords>;
  format: Formats;
}

/** What a template makes of its words. The subject is the text of this name, unless it says another here. */
type Composed = Pick<Letter, "blocks"> & Partial<Pick<Letter, "subject" | "reply_to">>;

/** All that a template says, with the line that mailboxes show beside the subject. */
type Dictionary = Texts & { readonly preheader: string };

/** A mail of one kind. */
export interface Template<Data extends z.ZodType = z.ZodType, Words extends Dictionary = Dictionary> {
  /** What its row in the outbox must hold. */
  data: Data;
  /** All that it says in English. Volunteers can change each text. */
  words: Words;
  /** Data to show it with. */
  sample: z.input<Data>;
  /** What its link with a token is for, if it has one. */
  link?: LinkPurpose | "cannot_come" | "newsletter" | "pay";
  /** What the token speaks of, where that is neither a row of `account_tokens` nor the reader. */
  about?(data: z.infer<Data>): string;
  compose(data: z.infer<Data>, surroundings: Surroundings<Words>): Composed;
}

export const template = <Data extends z.ZodType, const Words extends Dictionary>(
  declared: Template<Data, Words>,
): Template<Data, Words> => declared;
