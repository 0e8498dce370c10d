import { eq, sql } from "drizzle-orm";
import { mailActivation } from "../../accounts/activation.ts";
import { lockAddress } from "../../accounts/address.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { readPhoneHere } from "../../people/phone.ts";
import { users } from "../../tables/people.ts";
import { selectUser } from "../find.ts";
import { guardProfile } from "../profile-rules.ts";
import type { User } from "../schemas.ts";
import { guardConfirmationMail } from "./confirmation-mail.ts";
import type { NewUser } from "./schemas.ts";

/**
 * Enters somebody who applied on paper. Mails nothing, unless asked for the activation: then 409 if somebody owns the
 * address, and 429 if it has reached its daily limit. A phone number without a country takes one round trip more.
 */
export async function createUser(ctx: SignedInContext, { send_activation, ...person }: NewUser): Promise<User> {
  const id = crypto.randomUUID();
  const { email } = person;
  if (person.phone) person.phone = await readPhoneHere(ctx, person.phone);
  return ctx.transact((t) => {
    if (email) lockAddress(t, email);
    t.effect(query.insert(users).values({ ...person, id, origin: "paper" }));
    guardProfile(t, sql`${eq(users.id, id)}`);
    if (send_activation) {
      guardConfirmationMail(t, id);
      mailActivation(t, id);
    }
    return t.one(selectUser(id));
  });
}
