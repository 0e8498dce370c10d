import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Link } from "../../accounts/schemas.ts";
import type { Context } from "../../http/context.ts";
import { page } from "../../http/page.ts";
import { pageWords } from "../../http/page-words.ts";
import { openInvitation } from "./accept.ts";

/** The page that the link of an invitation opens: it asks for the name and a password. Only its button changes anything. */
export async function askToAccept(ctx: Context, { token }: Link): Promise<HtmlEscapedString> {
  const { email: _, ...notice } = await openInvitation(ctx, { token });
  const say = pageWords();
  return page(
    notice,
    ctx.settings,
    html`<form method="post" action="/api/auth/accept-invitation">
        <input type="hidden" name="token" value="${token}" />
        <label for="first_name">${say("first_name")}</label>
        <input id="first_name" name="first_name" autocomplete="given-name" maxlength="100" required />
        <label for="last_name">${say("last_name")}</label>
        <input id="last_name" name="last_name" autocomplete="family-name" maxlength="100" />
        <label for="password">${say("password")}</label>
        <input id="password" name="password" type="password" autocomplete="new-password" minlength="8" required />
        <button>${say("accept")}</button>
      </form>`,
  );
}
