import { and, eq, sql } from "drizzle-orm";
import { networkName } from "../access/signatures.ts";
import type { Context } from "../http/context.ts";
import { pageWords } from "../http/page-words.ts";
import { type Branding, selectBranding } from "../organisation/organisation.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { issueLink, linkIsOpen } from "./account-token.ts";
import { lockAddress } from "./address.ts";
import { notBeforeFloor } from "./floor.ts";
import type { ForgotPassword, LinkSent } from "./schemas.ts";
import { requireHuman } from "./turnstile.ts";

/**
 * Mails a link to the owner of the address. The answer is the same for everyone. To keep mailboxes from being flooded,
 * we send no new link while one from the last five minutes is open, and at most five a day for requests from one
 * network. We count by network so that a stranger cannot use up the owner's links.
 */
export async function forgotPassword(ctx: Context, { email, turnstile_token }: ForgotPassword): Promise<LinkSent> {
  await requireHuman(ctx, turnstile_token);
  const organisation = await notBeforeFloor(() => mailLink(ctx, email));
  return { message: pageWords()("link_sent"), organisation };
}

async function mailLink(ctx: Context, email: string): Promise<Branding> {
  const network = await networkName(ctx.settings, ctx.client.network);
  const linkIsTheirs = sql`${account_tokens.user_id} = ${users.id} and ${account_tokens.purpose} = 'reset_password'`;
  const person = and(
    eq(users.email, email),
    users.email_verified,
    sql`not exists (select from ${account_tokens} where ${linkIsTheirs} and ${linkIsOpen} and ${account_tokens.created_at} > now() - interval '5 minutes')`,
    sql`5 > (select count(*) from ${account_tokens} where ${linkIsTheirs} and ${account_tokens.requested_network} = ${network} and ${account_tokens.created_at} > now() - interval '1 day')`,
  );
  return ctx.transact((t) => {
    lockAddress(t, email);
    const link = issueLink(t, "reset_password", sql`${person}`, { network });
    t.mail("password_reset", { ...link, data: { first_name: users.first_name } });
    return t.one(selectBranding(ctx.settings));
  });
}
