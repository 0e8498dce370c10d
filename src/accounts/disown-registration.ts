import { and, eq, ne, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import type { Notice } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { account_tokens } from "../tables/accounts.ts";
import { personIsUnconfirmed, users } from "../tables/people.ts";
import { LINK_EXPIRED, linkIsOpen, readLink } from "./account-token.ts";
import { lockAddress } from "./address.ts";
import { deleteRegistrations } from "./delete-registrations.ts";
import type { Link } from "./schemas.ts";
import { isVerificationLink, registrationOf } from "./verification.ts";

/**
 * Removes the registration that a verification link was mailed for. These mails look alike, so the owner of the mailbox may
 * have meant another one. That is why the address's other unverified registrations lose their passwords. Repeating changes
 * nothing. 409 once the link's own registration was confirmed.
 */
export async function disownRegistration(ctx: Context, { token }: Link): Promise<Notice> {
  const token_id = await readLink(ctx.settings, "verify_email", token);
  const { id, email } = registrationOf(token_id);
  const organisation = await ctx.transact((t) => {
    lockAddress(t, email);
    t.effect(query.select({ id: users.id }).from(users).where(eq(users.email, email)).orderBy(users.id).for("update"));
    t.guard(
      sql`not exists (select from ${users} where ${and(eq(users.id, id), users.email_verified)})`,
      409,
      "address_confirmed",
      "This address was confirmed, so there is an account. If you did not do that, please write to us.",
    );
    t.guard(
      sql`${id} is null or exists (select from ${account_tokens} where ${isVerificationLink(token_id)} and ${linkIsOpen})`,
      ...LINK_EXPIRED,
    );
    t.effect(
      query
        .update(users)
        .set({ password_hash: null })
        .where(and(eq(users.email, email), personIsUnconfirmed, ne(users.id, id))),
    );
    deleteRegistrations(t, eq(users.id, id), 1);
    return t.one(selectBranding(ctx.settings));
  });
  return {
    title: pageWords()("thanks_for_telling"),
    message: pageWords()("application_removed"),
    organisation,
  };
}
