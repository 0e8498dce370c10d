import type * as z from "zod";
import type { LinkPurpose } from "../access/signatures.ts";
import type { Settings } from "../env.ts";
import type { Branding } from "../settings/schemas.ts";

/** One part of a mail. Each is rendered twice: as HTML and as text. */
export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "quote"; text: string }
  | { kind: "button"; label: string; url: string }
  | { kind: "facts"; rows: [label: string, value: string][] };

/** What a template says. The subject may be seen on a locked screen: it says nothing of a person but that the
 * organisation writes to them. */
export interface Letter {
  subject: string;
  blocks: Block[];
}

export const paragraph = (text: string): Block => ({ kind: "paragraph", text });
export const quote = (text: string): Block => ({ kind: "quote", text });
export const facts = (...rows: [label: string, value: string][]): Block => ({ kind: "facts", rows });

/** A day, and an instant to the minute, as a mail says them. */
export const day = (instant: string) =>
  new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(new Date(instant));
export const moment = (instant: string) =>
  `${new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(new Date(instant))} UTC`;

/** A button, where there is a place to go. */
export const button = (label: string, url: string | undefined): Block[] =>
  url ? [{ kind: "button", label, url }] : [];

/** What a template may use beside its own data. */
export interface Surroundings {
  settings: Settings;
  branding: Branding;
  /** The signed token of the link, for mails that carry one. */
  token: string | undefined;
}

/** A mail's words. `data` is what the outbox must hold for it. */
export interface Template<Data extends z.ZodType = z.ZodType> {
  data: Data;
  /** What the link is for, in mails that carry one. */
  link?: LinkPurpose;
  compose(data: z.infer<Data>, surroundings: Surroundings): Letter;
}

export const template = <Data extends z.ZodType>(declared: Template<Data>): Template<Data> => declared;
