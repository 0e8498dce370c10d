import { and, eq, gt, sql } from "drizzle-orm";
import { effect, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { issueVerification } from "./account-token.ts";
import { notBeforeFloor } from "./floor.ts";
import { lockAddress } from "./lock.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { hashPassword, saltOf } from "./passwords.ts";
import type { Registration } from "./schemas.ts";
import { requireHuman } from "./turnstile.ts";

/** More registrations a day with one address bring no more mails: they would trouble whoever it belongs to. */
const MAILS_A_DAY = 5;

/**
 * Registers an applicant and mails them a link. A registration always stands alone, beside any others with its address,
 * also when somebody owns that address: they get a mail that says so, and whoever registered can sign in as unverified
 * as with an unknown address. So neither the answer nor signing in afterwards tells who is known here.
 */
export async function register(ctx: Context, { turnstile_token, ...registration }: Registration): Promise<Message> {
  // Before the token is used up: whoever has to think of another password need not show again that they are human.
  assertGoodPassword(registration.password, registration, "password");
  await requireHuman(ctx, turnstile_token);
  await notBeforeFloor(() => write(ctx, registration));
  return { message: "Thank you. Please check your mail for a link to confirm your address." };
}

async function write(ctx: Context, { password, ...person }: Omit<Registration, "turnstile_token">): Promise<void> {
  const user_id = crypto.randomUUID();
  const password_hash = hashPassword(password, await saltOf(ctx.settings, person.email));
  const isOwner = and(eq(users.email, person.email), users.email_verified);
  const owner = query.select({ id: users.id }).from(users).where(isOwner);
  const today = query
    .select({ count: sql`count(*)` })
    .from(users)
    .where(and(eq(users.email, person.email), gt(users.created_at, sql`now() - interval '1 day'`)));
  await ctx.transact(
    lockAddress(person.email),
    effect(
      query.insert(users).values({
        id: user_id,
        ...person,
        partner_is_member: person.partner_is_member ?? false,
        password_hash,
      }),
    ),
    ...issueVerification(sql`${users.id} = ${user_id} and not exists ${owner} and ${today} <= ${MAILS_A_DAY}`),
    mail("already_registered", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name },
      from: sql`from ${users} where ${isOwner}`,
      once: sql`'already_registered:' || ${users.id} || ':' || current_date`,
    }),
  );
}
