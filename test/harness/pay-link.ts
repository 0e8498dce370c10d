import { createHash } from "node:crypto";
import { payToken } from "../../src/mail/pay-link.ts";
import { settings } from "./platform.ts";

/** The path of the link in a mail about dues that was written to somebody some days ago. */
export async function payLinkOf({ id, email }: { id: string; email: string }, days_ago = 0): Promise<string> {
  const address_mark = createHash("sha256").update(`${email}:${id}`).digest("hex").slice(0, 16);
  const written_at = Math.floor(Date.now() / 1000) - days_ago * 86_400;
  return `/api/pay/${await payToken(settings, { user_id: id, address_mark, written_at })}`;
}
