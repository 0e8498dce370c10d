import { and, eq, sql } from "drizzle-orm";
import { html } from "hono/html";
import { networkName } from "../access/signatures.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { type Notice, page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { lockPerson } from "../people/person.ts";
import { account_tokens } from "../tables/accounts.ts";
import { knownEmail, users } from "../tables/people.ts";
import { LINK_NOT_VALID, linkIsOpen, readLink } from "./account-token.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { hashPassword, saltFor } from "./passwords.ts";
import type { NewPasswordByLink, ResetLink } from "./schemas.ts";
import { setPassword } from "./set-password.ts";

/** The page that asks for the new password. 400 if the link does not work or no longer works. */
export async function openResetLink(ctx: Context, token: string): Promise<ResetLink> {
  const token_id = await readLink(ctx.settings, "reset_password", token);
  const { organisation } = await ctx.transact((t) => ({
    person: t.one(selectPerson(token_id), new Refusal(...LINK_NOT_VALID)),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  const say = pageWords();
  return { title: say("new_password"), message: say("password_rule"), organisation, token };
}

/** A page that asks for the new password, for installations without a frontend. */
export const resetPage = ({ token, ...notice }: ResetLink, settings: Settings) =>
  page(
    notice,
    settings,
    html`<form method="post" action="/api/auth/reset-password">
        <input type="hidden" name="token" value="${token}" />
        <label for="new_password">${pageWords()("new_password_label")}</label>
        <input id="new_password" name="new_password" type="password" autocomplete="new-password" minlength="8" required />
        <button>${pageWords()("change_password")}</button>
      </form>`,
  );

/** Sets the password of the person who got the link, and ends all their sessions. Works once. Signs nobody in. */
export async function resetPassword(ctx: Context, { token, new_password }: NewPasswordByLink): Promise<Notice> {
  const token_id = await readLink(ctx.settings, "reset_password", token);
  const person = await ctx.transact((t) => t.one(selectPerson(token_id), new Refusal(...LINK_NOT_VALID)));
  assertGoodPassword(new_password, person, "new_password");
  const password_hash = hashPassword(new_password, await saltFor(ctx.settings, person.email));
  const used_network = await networkName(ctx.settings, ctx.client.network);
  const organisation = await ctx.transact((t) => {
    lockPerson(t, person.id);
    t.guard(sql`exists (${selectPerson(token_id)})`, ...LINK_NOT_VALID);
    t.effect(
      query.update(account_tokens).set({ used_at: sql`now()`, used_network }).where(eq(account_tokens.id, token_id)),
    );
    setPassword(t, ctx, person.id, password_hash, { reason: "password_reset" });
    return t.one(selectBranding(ctx.settings));
  });
  return {
    title: pageWords()("password_changed"),
    message: pageWords()("signed_out"),
    organisation,
  };
}

/** The person whose password an open link may change. */
const selectPerson = (token_id: string) =>
  query
    .select({ id: users.id, email: knownEmail, first_name: users.first_name, last_name: users.last_name })
    .from(account_tokens)
    .innerJoin(users, eq(users.id, account_tokens.user_id))
    .where(and(eq(account_tokens.id, token_id), eq(account_tokens.purpose, "reset_password"), linkIsOpen));
