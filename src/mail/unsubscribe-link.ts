import { sign, unsign } from "../access/signatures.ts";
import type { Settings } from "../env.ts";
import { links } from "../http/frontend-links.ts";
import { MAIL_KINDS, type MailKind } from "./lanes.ts";

/** Whose mails of which kind a link is about. */
interface Unsubscribing {
  user_id: string;
  kind: MailKind;
}

/** The link with which somebody stops mails of a kind without signing in. It has no end. */
export const unsubscribeLink = async (settings: Settings, { user_id, kind }: Unsubscribing): Promise<string> =>
  links.unsubscribe(settings, await sign(settings, "unsubscribe", `${user_id}.${kind}`));

/** What a link's token says. Null unless we made it. */
export async function readUnsubscribeToken(settings: Settings, token: string): Promise<Unsubscribing | null> {
  const [user_id, said] = (await unsign(settings, "unsubscribe", token))?.split(".") ?? [];
  const kind = MAIL_KINDS.find((name) => name === said);
  return user_id && kind ? { user_id, kind } : null;
}

/** What mail programs need for a button of their own: https://www.rfc-editor.org/rfc/rfc8058 */
export const unsubscribeHeaders = (url: string): Record<string, string> => ({
  "List-Unsubscribe": `<${url}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});
