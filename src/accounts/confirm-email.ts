import { and, eq, isNotNull, ne, or, sql } from "drizzle-orm";
import type { HtmlEscapedString } from "hono/utils/html";
import { PERMITTED_STATUSES } from "../access/access.ts";
import { personHolds } from "../access/holds.ts";
import { powersRefusal } from "../access/powers.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { linkForm, type Notice, page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { readdressMails } from "../mail/readdress.ts";
import { clearSuppression } from "../mail/suppression.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { tellStripeWhoTheyAre } from "../people/stripe-customer.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { closeLinks, LINK_NOT_VALID, linkIsOpen, readLink } from "./account-token.ts";
import { lockAddress, toPeople } from "./address.ts";
import type { Link } from "./schemas.ts";

/** The page that the link in the mailbox opens. Only its button changes anything. 400 unless the link works. */
export async function askToConfirmEmail(ctx: Context, { token }: Link): Promise<HtmlEscapedString> {
  const token_id = await readLink(ctx.settings, "change_email", token);
  const link = and(eq(account_tokens.id, token_id), eq(account_tokens.purpose, "change_email"));
  const { found, organisation } = await ctx.transact((t) => ({
    found: t.one(
      query
        .select({ confirmed: sql<boolean>`${linkWorkedBefore}` })
        .from(account_tokens)
        .innerJoin(users, eq(users.id, account_tokens.user_id))
        .where(and(link, or(linkWorks, linkWorkedBefore))),
      new Refusal(...LINK_NOT_VALID),
    ),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  const say = pageWords(organisation.name);
  if (found.confirmed) return page({ ...confirmed(), organisation }, ctx.settings);
  return page(
    { title: say("please_confirm"), message: say("someone_moves"), organisation },
    ctx.settings,
    linkForm("/api/auth/confirm-email", token, say("confirm")),
  );
}

const confirmed = () => ({ title: pageWords()("address_confirmed"), message: pageWords()("moved") });

/** A volunteer who asked for another person's address could still ask for it, with the roles that both hold by now. */
const volunteerStillMay = sql`(${account_tokens.requested_by} is null or (
  exists (select from ${users} as volunteer where volunteer.id = ${account_tokens.requested_by}
    and volunteer.status = any (${`{${PERMITTED_STATUSES.join(",")}}`}::userstatus[]))
  and ${personHolds(account_tokens.requested_by, "users.edit")}
  and ${personHolds(account_tokens.requested_by, "users.view_sensitive")}
  and ${powersRefusal(account_tokens.requested_by, users.id)} is null))`;

const linkWorks = and(linkIsOpen, volunteerStillMay);

/** The link was used, and its address is the account's. */
const linkWorkedBefore = sql`(${and(isNotNull(account_tokens.used_at), eq(users.email, account_tokens.new_email))})`;

/**
 * Moves an account to its new address, to which we write from now on whatever happened before, and tells the old one, whose
 * links stop working. Mail that waits goes to the new one. Repeating changes nothing.
 */
export async function confirmEmail(ctx: Context, { token }: Link): Promise<Notice> {
  const token_id = await readLink(ctx.settings, "change_email", token);
  const link = and(eq(account_tokens.id, token_id), eq(account_tokens.purpose, "change_email"));
  const personId = query.select({ user_id: account_tokens.user_id }).from(account_tokens).where(link);
  const newEmail = query.select({ new_email: account_tokens.new_email }).from(account_tokens).where(link);
  const person = eq(users.id, personId);
  const owner = and(eq(users.email, newEmail), users.email_verified);
  const personToMove = and(person, ne(users.email, newEmail));

  const { organisation, moved } = await ctx.transact((t) => {
    // Of two people who confirm or verify the same address at once, the second waits.
    lockAddress(t, sql`${newEmail}`);
    t.effect(
      query.select({ id: users.id }).from(users).where(or(person, owner)).orderBy(users.id).for("no key update"),
    );
    t.guard(
      sql`exists (select from ${account_tokens} join ${users} on ${eq(users.id, account_tokens.user_id)}
          where ${and(link, or(linkWorks, linkWorkedBefore))})
        and not exists (select from ${users} where ${and(owner, ne(users.id, personId))})`,
      ...LINK_NOT_VALID,
    );
    t.mail("email_changed", {
      ...toPeople(personToMove),
      data: { first_name: users.first_name },
    });
    // Someone with access to the old mailbox must not get the account back.
    closeLinks(t, personId, ne(account_tokens.id, token_id));
    readdressMails(t, sql`${personToMove}`, sql`${newEmail}`);
    t.effect(
      query
        .update(users)
        .set({ email: sql`${newEmail}` })
        .where(personToMove),
    );
    clearSuppression(t, ctx.settings, person);
    t.effect(
      query
        .update(account_tokens)
        .set({ used_at: sql`coalesce(${account_tokens.used_at}, now())` })
        .where(link),
    );
    return { organisation: t.one(selectBranding(ctx.settings)), moved: t.one(personId) };
  });
  const { user_id } = moved;
  if (user_id) ctx.afterwards((after) => tellStripeWhoTheyAre(after, user_id));
  return { ...confirmed(), organisation };
}
