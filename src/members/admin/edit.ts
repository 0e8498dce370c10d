import { and, eq, not, type SQL, sql } from "drizzle-orm";
import { guardFresh } from "../../access/access.ts";
import { guardPowers } from "../../access/powers.ts";
import { closeLinks } from "../../accounts/account-token.ts";
import { mailAddressChange } from "../../accounts/change-email.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson, lockPerson } from "../../people/person.ts";
import { readPhoneHere } from "../../people/phone.ts";
import { account_tokens } from "../../tables/accounts.ts";
import { personIsOnPaper, users } from "../../tables/people.ts";
import { selectUser, transactUser } from "../find.ts";
import { guardProfile } from "../profile-rules.ts";
import type { User } from "../schemas.ts";
import { guardHiddenFields } from "./hidden-fields.ts";
import type { UserChange } from "./schemas.ts";

/**
 * Changes the given fields. 404; 403 without all powers of the person, or for what the actor cannot see; 409 if the person was
 * changed since `updated_at`, and what {@link changeAddress} refuses. A phone number without a country takes one round
 * trip more.
 */
export async function editUser(ctx: SignedInContext, user_id: string, given: UserChange): Promise<User> {
  const { updated_at, email, ...change } = given;
  const person = eq(users.id, user_id);
  if (change.phone) change.phone = await readPhoneHere(ctx, change.phone);
  return transactUser(ctx, (t) => {
    lockPerson(t, user_id);
    guardPerson(t, user_id);
    guardPowers(t, ctx.user_id, user_id, "edit");
    if (updated_at) guardUnchanged(t, person, updated_at);
    guardHiddenFields(t, ctx, user_id, given);
    if (email !== undefined) changeAddress(t, ctx, user_id, email);
    if (Object.keys(change).length > 0) t.effect(query.update(users).set(change).where(person));
    guardProfile(t, person);
    return t.one(selectUser(user_id));
  });
}

const guardUnchanged = (t: Plan, person: SQL, updated_at: string): void =>
  t.guard(
    sql`exists (select from ${users} where ${and(person, eq(users.updated_at, updated_at))})`,
    409,
    "changed_meanwhile",
    "Somebody has changed this person since you opened the record. Please look at it again.",
  );

/**
 * Changes the address, if it is another one. Somebody with an account confirms it first: until then the old one stays, and
 * is told. On paper it just changes, and links that went to the old one stop working. 409 for oneself, for a registration
 * that waits to be confirmed, and for an account without an address.
 */
function changeAddress(t: Plan, ctx: SignedInContext, user_id: string, email: string | null): void {
  const changing = sql`${eq(users.id, user_id)} and ${users.email} is distinct from ${email}::text`;
  const isChange = (of: SQL): SQL => sql`exists (select from ${users} where ${changing} and ${of})`;
  t.guard(
    sql`not ${isChange(eq(users.id, ctx.user_id))}`,
    409,
    "own_address",
    "Please change your own email address in your account.",
  );
  t.guard(
    sql`not ${isChange(sql`not ${users.email_verified} and ${not(personIsOnPaper)}`)}`,
    409,
    "address_not_verified",
    "They have not confirmed the address that they registered with. If it is wrong, please ask them to register again.",
  );
  if (email === null)
    t.guard(
      sql`not ${isChange(sql`${users.email_verified}`)}`,
      409,
      "address_needed",
      "They sign in with this address. You can change it, but not remove it.",
    );
  else {
    guardFresh(t, ctx, isChange(sql`${users.email_verified}`));
    mailAddressChange(t, user_id, email, "email_change_by_volunteer");
  }
  const onPaper = sql`${changing} and ${personIsOnPaper}`;
  closeLinks(t, sql`(select ${users.id} from ${users} where ${onPaper})`, eq(account_tokens.purpose, "activate"));
  t.effect(query.update(users).set({ email, password_hash: null, activation_sent_at: null }).where(onPaper));
}
