import type * as z from "zod";
import type { LinkPurpose } from "../access/signatures.ts";
import type { Settings } from "../env.ts";
import type { Organisation } from "../organisation/organisation.ts";

/** A row of a table: its label and its value. */
export type Fact = [label: string, value: string];

/** A part of a mail; a string is a paragraph, and `written` is what a volunteer wrote in Markdown. We render each part twice: as HTML and as text. */
export type Block =
  | string
  | { kind: "quote"; text: string }
  | { kind: "button"; label: string; url: string }
  | { kind: "facts"; rows: Fact[] }
  | { kind: "written"; markdown: string };

/**
 * What a template says. Strangers may see the subject on a locked screen, so it reveals nothing about the person except
 * that the organization writes to them.
 */
export interface Letter {
  subject: string;
  blocks: Block[];
  /** Where replies go, if not to the sender. */
  reply_to?: string | null;
}

export const quote = (text: string): Block => ({ kind: "quote", text });
export const facts = (...rows: Fact[]): Block => ({ kind: "facts", rows });

/** A button, or nothing without a URL. */
export const button = (label: string, url: string | undefined): Block[] =>
  url ? [{ kind: "button", label, url }] : [];

/** What a template may use besides its own data. */
export interface Surroundings {
  settings: Settings;
  organisation: Organisation;
  /** The signed token of the mail's link, if it has one. */
  token: string | undefined;
}

/** The words of a mail. */
export interface Template<Data extends z.ZodType = z.ZodType> {
  /** What its row in the outbox must hold. */
  data: Data;
  /** What its link with a token is for, if it has one. */
  link?: LinkPurpose | "cannot_come" | "newsletter";
  /** What the token speaks of, where that is no row of `account_tokens`. */
  about?(data: z.infer<Data>): string;
  compose(data: z.infer<Data>, surroundings: Surroundings): Letter;
}

export const template = <Data extends z.ZodType>(declared: Template<Data>): Template<Data> => declared;
