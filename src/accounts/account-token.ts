import { eq, type SQL, sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { account_tokens } from "./tables.ts";

/** Mails a new link to the person that the condition on `users` finds, if it finds one. */
export function issueVerification(person: SQL): [Silent, Silent] {
  const token_id = crypto.randomUUID();
  return [
    effect(
      query.execute(sql`
        insert into ${account_tokens} (id, user_id, purpose, expires_at)
        select ${token_id}::uuid, ${users.id}, 'verify_email', now() + interval '7 days'
        from ${users} where ${person}`),
    ),
    mail("verification", {
      to: users.email,
      user_id: users.id,
      account_token_id: account_tokens.id,
      data: {},
      from: sql`from ${account_tokens} join ${users} on ${eq(users.id, account_tokens.user_id)} where ${eq(account_tokens.id, token_id)}`,
    }),
  ];
}
