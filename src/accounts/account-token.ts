import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { LinkPurpose } from "../access/signatures.ts";
import { effect, query, type Silent } from "../database/statements.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { account_tokens } from "./tables.ts";

const LIFETIME: Record<LinkPurpose, SQL> = {
  verify_email: sql`interval '7 days'`,
  reset_password: sql`interval '1 hour'`,
  change_email: sql`interval '24 hours'`,
};

/** A token that can still be used. */
export const isOpen: SQL = sql`(${and(isNull(account_tokens.used_at), sql`${account_tokens.expires_at} > now()`)})`;

/**
 * Makes a link for the person that the condition on `users` finds, if it finds one.
 *
 * @returns the statement, and the rest of a mail's query from `from` on: one row, if the link was made
 */
export function issueToken(
  purpose: LinkPurpose,
  person: SQL,
  { new_email = null, network = null }: { new_email?: string | null; network?: string | null } = {},
): { issued: Silent; token_id: string; from: SQL } {
  const token_id = crypto.randomUUID();
  return {
    token_id,
    issued: effect(
      query.execute(sql`
        insert into ${account_tokens} (id, user_id, purpose, new_email, requested_network, expires_at)
        select ${token_id}::uuid, ${users.id}, ${purpose}, ${new_email}, ${network}, now() + ${LIFETIME[purpose]}
        from ${users} where ${person}`),
    ),
    from: sql`from ${account_tokens} join ${users} on ${eq(users.id, account_tokens.user_id)} where ${eq(account_tokens.id, token_id)}`,
  };
}

/** Closes a link for everybody, also for whoever began before and had to wait: they still call that moment now. */
export const closed = { expires_at: sql`${account_tokens.created_at}` };

/** From now on the person's other links of this purpose do not work any more, if this one was made. */
export function replaceOlder(token_id: string, purpose: LinkPurpose): Silent {
  const its = query
    .select({ user_id: account_tokens.user_id })
    .from(account_tokens)
    .where(eq(account_tokens.id, token_id));
  return effect(
    query
      .update(account_tokens)
      .set(closed)
      .where(
        and(
          eq(account_tokens.user_id, its),
          eq(account_tokens.purpose, purpose),
          ne(account_tokens.id, token_id),
          isOpen,
        ),
      ),
  );
}

/** None of a person's open links that give power over the account works any more. */
export const closeLinks = (user_id: string): Silent =>
  effect(
    query
      .update(account_tokens)
      .set(closed)
      .where(and(eq(account_tokens.user_id, user_id), ne(account_tokens.purpose, "verify_email"), isOpen)),
  );

/** Mails a new link to the person that the condition on `users` finds, if it finds one; older ones stop working. */
export function issueVerification(person: SQL): [Silent, Silent, Silent] {
  const { issued, token_id, from } = issueToken("verify_email", person);
  return [
    issued,
    replaceOlder(token_id, "verify_email"),
    mail("verification", {
      to: users.email,
      user_id: users.id,
      account_token_id: account_tokens.id,
      data: {},
      from,
    }),
  ];
}
