import { and, eq, sql } from "drizzle-orm";
import { effect, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { hashPassword } from "./passwords.ts";
import type { Registration } from "./schemas.ts";
import { issueVerification } from "./verification-token.ts";

/** Further registrations a day with one unverified address are dropped: their mails would trouble whoever it belongs to. */
const REGISTRATIONS_A_DAY = 5;

/**
 * Registers an applicant and mails them a link. An unverified registration stands alone, beside others with the same
 * address. The owner of a verified address gets a mail that says so. The answer is the same for all.
 */
export async function register(ctx: Context, registration: Registration): Promise<Message> {
  const user_id = crypto.randomUUID();
  const isOwner = and(eq(users.email, registration.email), users.email_verified);
  await ctx.transact(
    insertUnverified(user_id, registration),
    ...issueVerification(eq(users.id, user_id)),
    mail("already_registered", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name },
      from: sql`from ${users} where ${isOwner}`,
      once: sql`'already_registered:' || ${users.id} || ':' || current_date`,
    }),
  );
  return { message: "Thank you. Please check your mail for a link to confirm your address." };
}

/** Writes the person, unless the address is somebody's already or was tried too often today. */
const insertUnverified = (user_id: string, { password, ...person }: Registration) =>
  effect(
    query.execute(sql`
      insert into ${users} (id, email, password_hash, first_name, last_name, phone,
        partner_first_name, partner_last_name, partner_is_member, referred_by)
      select ${user_id}::uuid, ${person.email}, ${hashPassword(password)}, ${person.first_name}, ${person.last_name},
        ${person.phone ?? null}, ${person.partner_first_name ?? null}, ${person.partner_last_name ?? null},
        ${person.partner_is_member ?? false}::boolean, ${person.referred_by ?? null}
      where not exists (select from ${users} where email = ${person.email} and email_verified)
        and (select count(*) from ${users} where email = ${person.email} and created_at > now() - interval '1 day')
          < ${REGISTRATIONS_A_DAY}`),
  );
