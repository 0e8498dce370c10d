import { and, eq, ne, sql } from "drizzle-orm";
import { html } from "hono/html";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { type Notice, page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { clearSuppression } from "../mail/suppression.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { lockPerson } from "../people/person.ts";
import { personMay, statusAfter } from "../people/status.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { addressIsFree, closeLinks, LINK_NOT_VALID, readLink } from "./account-token.ts";
import { selectActivated } from "./activation.ts";
import { lockAddress } from "./address.ts";
import { mailApprovers, mailEarlierRejection } from "./newly-confirmed.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { hashPassword, saltFor } from "./passwords.ts";
import type { Activation, ActivationLink } from "./schemas.ts";

/** Only the owner of the mailbox learns this, and the account is theirs. */
const ALREADY_REGISTERED = [
  409,
  "already_registered",
  "You already have an account with this email address. Please sign in. If you forgot your password, you can ask for a new one there.",
] as const;

/** Whose account the link opens. 400 if it does not work, 409 if the address has an account by now. */
async function readActivation(ctx: Context, token: string) {
  const token_id = await readLink(ctx.settings, "activate", token);
  const { person, organisation } = await ctx.transact((t) => ({
    person: t.one(selectActivated(token_id), new Refusal(...LINK_NOT_VALID)),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  if (!person.address_is_free) throw new Refusal(...ALREADY_REGISTERED);
  return { token_id, person, organisation };
}

/** What the link is for. It changes nothing. */
export async function openActivationLink(ctx: Context, token: string): Promise<ActivationLink> {
  const { organisation } = await readActivation(ctx, token);
  return {
    title: pageWords()("open_account"),
    message: pageWords(organisation.name)("record_here"),
    organisation,
    token,
  };
}

/** A page that asks for the password, for installations without a frontend. */
export const activationPage = ({ token, ...notice }: ActivationLink, settings: Settings) =>
  page(
    notice,
    settings,
    html`<form method="post" action="/api/auth/activate">
        <input type="hidden" name="token" value="${token}" />
        <label for="password">${pageWords()("password")}</label>
        <input id="password" name="password" type="password" autocomplete="new-password" minlength="8" required />
        <button>${pageWords()("open_my_account")}</button>
      </form>`,
  );

/**
 * Opens the account of somebody whom volunteers entered: confirms the address, and sets the password that its owner chose.
 * pending_email → pending_validation; other statuses stay. Works once. Signs nobody in.
 */
export async function activate(ctx: Context, { token, password }: Activation): Promise<Notice> {
  const { token_id, person } = await readActivation(ctx, token);
  assertGoodPassword(password, person, "password");
  const password_hash = hashPassword(password, await saltFor(ctx.settings, person.email));
  const activated = eq(users.id, person.id);
  const organisation = await ctx.transact((t) => {
    // Of two people who confirm the same address at once, the second waits.
    lockAddress(t, person.email);
    lockPerson(t, person.id);
    t.guard(sql`exists (${selectActivated(token_id)})`, ...LINK_NOT_VALID);
    t.guard(sql`exists (select from ${users} where ${activated} and ${addressIsFree})`, ...ALREADY_REGISTERED);
    mailApprovers(t, sql`exists (select from ${users} where ${and(activated, personMay("verify"))})`);
    mailEarlierRejection(t, activated);
    clearSuppression(t, ctx.settings, activated);
    t.effect(
      query
        .update(users)
        .set({ email_verified: true, password_hash, status: statusAfter("verify") })
        .where(activated),
    );
    closeLinks(t, person.id, ne(account_tokens.id, token_id));
    t.effect(query.update(account_tokens).set({ used_at: sql`now()` }).where(eq(account_tokens.id, token_id)));
    return t.one(selectBranding(ctx.settings));
  });
  return {
    title: pageWords()("account_open"),
    message: pageWords()("sign_in_now"),
    organisation,
  };
}
