import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { sign, unsign } from "../access/signatures.ts";
import type { Settings } from "../env.ts";

/** For how many days after the mail its link works. */
const LIFETIME_DAYS = 60;

/** Whom the link in a mail about dues was sent to, and where. */
export interface PayLink {
  user_id: string;
  /** See {@link addressMark}. */
  address_mark: string;
  /** When it stops working: seconds since 1970. */
  expires_at: number;
}

/**
 * Tells a person's address from others without showing it. If they have another address now, the link is void: others may
 * read the mailbox that they left.
 */
export const addressMark = (email: SQLWrapper, user_id: SQLWrapper): SQL<string> =>
  sql<string>`left(encode(sha256(convert_to(${email} || ':' || ${user_id}, 'UTF8')), 'hex'), 16)`;

/**
 * The token of a link by which somebody pays without signing in. We do not store it.
 *
 * @param written_at when the mail was written: seconds since 1970. Each attempt to send it makes the same token
 */
export const payToken = (
  settings: Settings,
  { user_id, address_mark, written_at }: Omit<PayLink, "expires_at"> & { written_at: number },
): Promise<string> => sign(settings, "pay", `${user_id}.${written_at + LIFETIME_DAYS * 24 * 60 * 60}.${address_mark}`);

/** What a token says, however old it is. Null unless we made it. */
export async function readPayToken(settings: Settings, token: string): Promise<PayLink | null> {
  const [user_id, expires_at, address_mark] = (await unsign(settings, "pay", token))?.split(".") ?? [];
  return user_id && expires_at && address_mark ? { user_id, address_mark, expires_at: Number(expires_at) } : null;
}
