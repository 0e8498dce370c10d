import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { unsign } from "../access/signatures.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { links } from "../http/frontend-links.ts";
import { mail_pace } from "../tables/mail.ts";
import { MAIL_KINDS, type MailKind } from "./lanes.ts";

/** Whose mails of which kind a link is about. */
interface Unsubscribing {
  user_id: string;
  kind: MailKind;
}

/** What signs the links, as one row. It is in the database, so that links outlive every change of JWT_SECRET. */
export const selectUnsubscribeKey = () => query.select({ key: mail_pace.unsubscribe_key }).from(mail_pace);

const textOf = ({ user_id, kind }: Unsubscribing) => `${user_id}.${kind}`;

/** Signs a text. Two rounds, as in an HMAC: nobody can sign a longer one without the key. */
function markOf(key: string, text: string): string {
  const hash = (bytes: string) => bytesToHex(sha256(utf8ToBytes(bytes)));
  return hash(key + hash(key + text));
}

/** The same in SQL, so that a link is checked in the round trip that acts on it. */
function markInDatabase(text: string): SQL {
  const hash = (bytes: SQLWrapper) => sql`encode(sha256(convert_to(${bytes}, 'UTF8')), 'hex')`;
  const key = sql`${mail_pace.unsubscribe_key}`;
  return sql`(select ${hash(sql`${key} || ${hash(sql`${key} || ${text}::text`)}`)} from ${mail_pace})`;
}

/** The link with which somebody stops mails of a kind without signing in. It has no end. */
export const unsubscribeLink = (settings: Settings, key: string, whose: Unsubscribing): string =>
  links.unsubscribe(settings, `${textOf(whose)}.${markOf(key, textOf(whose))}`);

const Token = z.tuple([z.uuid(), z.enum(MAIL_KINDS), z.string()]);

/** What a link's token says, and SQL that tells whether we made it. Null if nobody could have. */
export async function readUnsubscribeToken(
  settings: Settings,
  token: string,
): Promise<(Unsubscribing & { genuine: SQL }) | null> {
  const parts = Token.safeParse(token.split("."));
  if (!parts.success) return null;
  const [user_id, kind, mark] = parts.data;
  if (/^[0-9a-f]{64}$/.test(mark))
    return { user_id, kind, genuine: sql`(${mark}::text = ${markInDatabase(textOf({ user_id, kind }))})` };
  // Older mails have links that are signed with JWT_SECRET.
  return (await unsign(settings, "unsubscribe", token)) === null ? null : { user_id, kind, genuine: sql`true` };
}

/** What mail programs need for a button of their own: https://www.rfc-editor.org/rfc/rfc8058 */
export const unsubscribeHeaders = (url: string): Record<string, string> => ({
  "List-Unsubscribe": `<${url}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});
