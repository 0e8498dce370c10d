import { eq, type SQL, sql } from "drizzle-orm";
import {
  addressHasMailsLeft,
  addressIsFree,
  mailVerification,
  registrationIsRecent,
} from "../../accounts/account-token.ts";
import { mailActivation } from "../../accounts/activation.ts";
import { lockAddress } from "../../accounts/address.ts";
import type { Plan } from "../../database/plan.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { Message } from "../../http/schemas.ts";
import { guardPerson, lockPerson } from "../../people/person.ts";
import { users } from "../../tables/people.ts";

export const ADDRESS_HAS_OWNER = [
  409,
  "address_has_owner",
  "Somebody else has confirmed this address. They may be the same person: please look for them.",
] as const;

/** 409 unless the person has an address that nobody confirmed and that can still be confirmed, 429 if that has had its mails for today. Lock it first. */
export function guardConfirmationMail(t: Plan, user_id: string): void {
  const personIs = (what: SQL): SQL => sql`exists (select from ${users} where ${eq(users.id, user_id)} and ${what})`;
  t.guard(personIs(sql`${users.email} is not null`), 409, "no_address", "This person has no email address.");
  t.guard(personIs(sql`not ${users.email_verified}`), 409, "already_verified", "Their address is already confirmed.");
  t.guard(personIs(addressIsFree), ...ADDRESS_HAS_OWNER);
  t.guard(
    personIs(sql`(${users.origin} <> 'registration' or ${registrationIsRecent})`),
    409,
    "registration_too_old",
    "This registration is too old to be confirmed, and will be deleted soon. Please ask the person to register again.",
  );
  t.guard(
    personIs(addressHasMailsLeft),
    429,
    "too_many_requests",
    "This address cannot get more of these emails today. Please try again tomorrow.",
  );
}

/**
 * Mails somebody another link to confirm their address: the verification of their registration, or the activation if
 * volunteers entered them. 404, and what {@link guardConfirmationMail} refuses.
 */
export async function resendConfirmation(ctx: SignedInContext, user_id: string): Promise<Message> {
  const person = eq(users.id, user_id);
  await ctx.transact((t) => {
    lockAddress(t, sql`(select ${users.email} from ${users} where ${person})`);
    lockPerson(t, user_id);
    guardPerson(t, user_id);
    guardConfirmationMail(t, user_id);
    mailVerification(t, sql`${person} and ${users.origin} = 'registration'`);
    mailActivation(t, user_id);
  });
  return { message: "We sent a link to confirm the address." };
}
