import { and, eq, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { deleteUnsentWhere, type OutgoingMail } from "../mail/outbox.ts";
import { providerLacksIt } from "../mail/refused.ts";
import { personIsKnown } from "../people/person.ts";
import { account_tokens } from "../tables/accounts.ts";
import { emails } from "../tables/mail.ts";
import { personIsOnPaper, users } from "../tables/people.ts";
import { addressHasMailsLeft, addressIsFree, issueLink, linkIsOpen } from "./account-token.ts";

/** Whether a row of `users` can be mailed a link to its account: volunteers entered it, with an address that is free. */
export const personAwaitsActivation: SQL = sql`(${and(personIsOnPaper, isNotNull(users.email), personIsKnown)}
  and ${addressIsFree})`;

/** Whether volunteers entered a row of `users` that no link can open: it has no address, or its address has an account. */
export const personCannotBeActivated: SQL = sql`(${and(personIsOnPaper, personIsKnown)}
  and ${or(isNull(users.email), not(addressIsFree))})`;

/**
 * Mails the person a link that confirms the address which a volunteer typed, and opens their account. Sends nothing to
 * those who await no activation, or if the address has reached its daily limit. Lock the address first.
 *
 * @param when what else must hold for the row of `users`
 * @param mail when nobody waits for the mail: its lane, and when it goes out
 */
export function mailActivation(
  t: Plan,
  user_id: string,
  { when, ...mail }: { when?: SQL } & Pick<OutgoingMail<"activation">, "lane" | "not_before"> = {},
): void {
  const person = sql`${and(eq(users.id, user_id), personAwaitsActivation, addressHasMailsLeft, when)}`;
  // The link remembers its address. Once a volunteer corrects the address, the link opens nothing.
  const link = issueLink(t, "activate", person, { new_email: users.email });
  t.mail("activation", { ...link, ...mail, data: {} });
  t.effect(
    query
      .update(users)
      .set({ activation_sent_at: sql`now()` })
      .where(sql`${users.id} in (select ${link.user_id} ${link.from})`),
  );
}

/**
 * Deletes such mails that have not gone out. Whoever certainly got none counts as never mailed, so a wave may reach them later.
 *
 * @param which a condition on `emails`
 */
export function takeBackActivation(t: Plan, which: SQL): void {
  const withdrawn = deleteUnsentWhere(which, "activation").returning({
    user_id: emails.user_id,
    provider_lacks_it: sql`${providerLacksIt}`.as("provider_lacks_it"),
  });
  // One that went to an address with a typo does not count.
  const wasSent = and(
    eq(emails.user_id, users.id),
    eq(emails.to_email, users.email),
    eq(emails.template, "activation"),
    eq(emails.status, "sent"),
  );
  t.effect(
    query.execute(sql`
      with withdrawn as ${withdrawn}
      update ${users} set activation_sent_at = null
      where ${users.id} in (select user_id from withdrawn group by user_id having bool_and(provider_lacks_it))
        and not exists (select from ${emails} where ${wasSent})`),
  );
}

/** The person whose account an open link is for, even if somebody else owns the address by now. */
export const selectActivated = (token_id: string) =>
  query
    .select({
      id: users.id,
      email: sql<string>`${account_tokens.new_email}`,
      first_name: users.first_name,
      last_name: users.last_name,
      address_is_free: sql<boolean>`${addressIsFree}`,
    })
    .from(account_tokens)
    .innerJoin(users, and(eq(users.id, account_tokens.user_id), eq(users.email, account_tokens.new_email)))
    .where(
      and(
        eq(account_tokens.id, token_id),
        eq(account_tokens.purpose, "activate"),
        linkIsOpen,
        personIsOnPaper,
        personIsKnown,
      ),
    );
