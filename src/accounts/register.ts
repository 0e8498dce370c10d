import { eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { acceptDocuments } from "../people/acceptances.ts";
import { users } from "../tables/people.ts";
import { mailVerification } from "./account-token.ts";
import { lockAddress, mailAlreadyRegistered } from "./address.ts";
import { notBeforeFloor } from "./floor.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { hashPassword, saltFor } from "./passwords.ts";
import type { Registration } from "./schemas.ts";
import { requireHuman } from "./turnstile.ts";

/**
 * Registers an applicant and mails them a link. Each registration stands alone, next to any others with its address. If
 * someone owns the address, they get a mail instead, and the applicant can sign in as unverified, just as with an unknown
 * address. So neither the answer nor signing in afterwards tells who is known here. What the
 * applicant accepts belongs to their registration, and so to the account that comes of it. 409 if it is not in force.
 */
export async function register(ctx: Context, { turnstile_token, ...registration }: Registration): Promise<Message> {
  // First, because the token counts once: who must choose another password need not prove again that they are human.
  assertGoodPassword(registration.password, registration, "password");
  await requireHuman(ctx, turnstile_token);
  await notBeforeFloor(() => addApplicant(ctx, registration));
  return { message: "Thank you. Please check your mail for a link to confirm your address." };
}

async function addApplicant(
  ctx: Context,
  { password, accepted_documents = [], ...person }: Omit<Registration, "turnstile_token">,
): Promise<void> {
  const user_id = crypto.randomUUID();
  const password_hash = hashPassword(password, await saltFor(ctx.settings, person.email));
  await ctx.transact((t) => {
    lockAddress(t, person.email);
    t.effect(
      query
        .insert(users)
        .values({ ...person, id: user_id, partner_is_member: person.partner_is_member ?? false, password_hash }),
    );
    acceptDocuments(t, user_id, accepted_documents);
    mailVerification(t, eq(users.id, user_id));
    mailAlreadyRegistered(t, person.email);
  });
}
