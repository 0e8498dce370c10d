import { and, eq, inArray, not, type SQL, sql } from "drizzle-orm";
import { guardFresh } from "../../access/access.ts";
import { auditReading } from "../../access/audit.ts";
import { personHolds } from "../../access/holds.ts";
import { guardPowers } from "../../access/powers.ts";
import { addressHasOwner, closeLinks } from "../../accounts/account-token.ts";
import { lockAddress } from "../../accounts/address.ts";
import { mailAddressChange } from "../../accounts/change-email.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson, lockPerson } from "../../people/person.ts";
import { readPhoneHere } from "../../people/phone.ts";
import { namesSomebody, tellStripeWhoTheyAre } from "../../people/stripe-customer.ts";
import { account_tokens } from "../../tables/accounts.ts";
import { personIsOnPaper, users } from "../../tables/people.ts";
import { validTimeZone } from "../../time/zone.ts";
import { transactUser } from "../find.ts";
import { guardProfile } from "../profile-rules.ts";
import type { User } from "../schemas.ts";
import { ADDRESS_HAS_OWNER } from "./confirmation-mail.ts";
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
  const edited = await transactUser(ctx, user_id, (t) => {
    if (email) lockAddress(t, email);
    lockPerson(t, user_id);
    guardPerson(t, user_id);
    guardPowers(t, ctx.user_id, user_id, "edit");
    if (updated_at) guardUnchanged(t, person, updated_at);
    guardHiddenFields(t, ctx, user_id, given);
    if (change.referred_by !== undefined) guardOwnWords(t, user_id, change.referred_by);
    validTimeZone(t, change.time_zone);
    if (email !== undefined) changeAddress(t, ctx, user_id, email);
    if (Object.keys(change).length > 0) t.effect(query.update(users).set(change).where(person));
    guardProfile(t, person);
  });
  if (namesSomebody(change)) ctx.afterwards((after) => tellStripeWhoTheyAre(after, user_id));
  return edited;
}

const guardUnchanged = (t: Plan, person: SQL, updated_at: string): void =>
  t.guard(
    sql`exists (select from ${users} where ${and(person, eq(users.updated_at, updated_at))})`,
    409,
    "changed_meanwhile",
    "Somebody has changed this person since you opened the record. Please look at it again.",
  );

/** Volunteers ask the member whom an applicant names. So nobody else may say whom that is. */
const guardOwnWords = (t: Plan, user_id: string, referred_by: string | null): void =>
  t.guard(
    sql`not exists (select from ${users} where ${and(eq(users.id, user_id), inArray(users.origin, ["registration", "invitation"]))}
      and ${users.referred_by} is distinct from ${referred_by}::text)`,
    409,
    "referred_by_is_theirs",
    "They wrote themselves who told them about the organization. Nobody else can change that.",
  );

/**
 * Changes the address, if it is another one. Somebody with an account confirms it first: until then the old one stays, and
 * is told, and the audit log says who asked. On paper the address just changes, and links that went to the old one stop
 * working. Whoever confirms an address can sign in and read everything, so setting one needs `users.view_sensitive`, and
 * confirming it asks whether the volunteer still may. 409
 * for oneself, for a registration that waits to be confirmed, for an account without an address, and on paper for an address
 * that somebody confirmed.
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
    const ofAccount = isChange(sql`${users.email_verified}`);
    t.guard(
      sql`not ${isChange(sql`true`)} or ${personHolds(ctx.user_id, "users.view_sensitive")}`,
      403,
      "needs_view_sensitive",
      "Whoever has a person's address can open their account, with all that the person hides. Only people who may see sensitive details can change it.",
    );
    guardFresh(t, ctx, ofAccount);
    t.guard(sql`not ${isChange(personIsOnPaper)} or not ${addressHasOwner(email)}`, ...ADDRESS_HAS_OWNER);
    auditReading(t, ctx, {
      action: "email_change.requested",
      subject_type: "users",
      subject_id: sql`${user_id}`,
      changes: { email: null },
      when: ofAccount,
    });
    mailAddressChange(t, user_id, email, ctx.user_id);
  }
  const onPaper = sql`${changing} and ${personIsOnPaper}`;
  closeLinks(t, sql`(select ${users.id} from ${users} where ${onPaper})`, eq(account_tokens.purpose, "activate"));
  t.effect(query.update(users).set({ email, password_hash: null, activation_sent_at: null }).where(onPaper));
}
