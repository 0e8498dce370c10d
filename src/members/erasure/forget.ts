import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { deleteRegistrations } from "../../accounts/delete-registrations.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { ERASED } from "../../people/erased.ts";
import { subscriptionIsRunning } from "../../subscriptions/standing.ts";
import { user_role_assignments } from "../../tables/access.ts";
import {
  account_tokens,
  login_attempts,
  recovery_codes,
  second_factors,
  sessions,
  user_invitations,
} from "../../tables/accounts.ts";
import { document_acceptances, newsletter_recipients } from "../../tables/documents.ts";
import { donations } from "../../tables/donations.ts";
import { calendar_tokens, event_rsvps } from "../../tables/events.ts";
import { stored_files } from "../../tables/files.ts";
import { event_galleries, photo_takedowns } from "../../tables/gallery.ts";
import { import_rows } from "../../tables/import-jobs.ts";
import { payments, reversals } from "../../tables/ledger.ts";
import { emails, reminders } from "../../tables/mail.ts";
import { user_notes, user_tags, vouchings } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";

/** Rows that are about one person and nothing else. */
export const THEIR_ROWS = [
  sessions,
  account_tokens,
  login_attempts,
  second_factors,
  recovery_codes,
  event_rsvps,
  calendar_tokens,
  document_acceptances,
  newsletter_recipients,
  reminders,
  user_notes,
  user_tags,
  user_role_assignments,
];

/**
 * Forgets a person: all that is about them goes, their money stays without a name, and so does their row. Running it again
 * changes nothing, and forgets what came in meanwhile. Lock the person first.
 */
export function forgetPerson(t: Plan, id: string): void {
  // An address that nobody confirmed may be another person's. Only rows that refer to the person are theirs then.
  const address = sql`(select ${users.email} from ${users} where ${and(eq(users.id, id), users.email_verified)})`;
  forgetOtherRegistrations(t, address);
  forgetDonor(t, id, address);
  endMembership(t, id);
  forgetMails(t, id, address);
  for (const table of THEIR_ROWS) t.effect(query.delete(table).where(eq(table.user_id, id)));
  t.effect(query.delete(vouchings).where(or(eq(vouchings.applicant_id, id), eq(vouchings.member_id, id))));
  t.effect(query.delete(account_tokens).where(eq(account_tokens.new_email, address)));
  t.effect(query.delete(login_attempts).where(and(isNull(login_attempts.user_id), eq(login_attempts.email, address))));
  forgetInvitations(t, id, address);
  forgetImports(t, id, address);
  forgetPhotos(t, id);
  const photo = query.select({ id: users.photo_id }).from(users).where(eq(users.id, id));
  t.effect(query.update(stored_files).set({ status: "deleted" }).where(inArray(stored_files.id, photo)));
  t.effect(query.update(users).set(ERASED).where(eq(users.id, id)));
}

/** What they gave without signing in is theirs too: it gets their row as its owner, and no other trace of them. */
function forgetDonor(t: Plan, id: string, address: SQL): void {
  const ofTheirs = query.select({ id: donations.id }).from(donations).where(eq(donations.user_id, id));
  const ofGuest = and(isNull(donations.user_id), eq(sql`lower(${donations.donor_email})`, address));
  t.effect(query.update(donations).set({ user_id: id }).where(ofGuest));
  t.effect(
    query
      .update(payments)
      .set({ user_id: id })
      .where(and(isNull(payments.user_id), inArray(payments.donation_id, ofTheirs))),
  );
  t.effect(
    query
      .update(donations)
      .set({ donor_name: null, donor_email: null, message: null, notes: null, anonymous: true })
      .where(eq(donations.user_id, id)),
  );
  const paidByThem = query.select({ id: payments.id }).from(payments).where(eq(payments.user_id, id));
  // Volunteers may have written who it was.
  t.effect(query.update(reversals).set({ reason: null }).where(inArray(reversals.payment_id, paidByThem)));
}

/** Stripe was told before. What it does not bill ends here. */
function endMembership(t: Plan, id: string): void {
  const isOpen = sql`(${or(subscriptionIsRunning, eq(subscriptions.status, "pending"))})`;
  t.effect(
    query
      .update(subscriptions)
      .set({
        status: sql`case when ${isOpen} then 'cancelled' else ${subscriptions.status} end`,
        cancelled_at: sql`case when ${isOpen} then now() else ${subscriptions.cancelled_at} end`,
        // Of what is over, it says when that was.
        cancel_at_period_end: sql`${subscriptions.cancel_at_period_end} and not ${isOpen}`,
        grace_ends_at: null,
        paused_at: null,
        resumes_at: null,
        cancel_reason: null,
        notes: null,
        card_brand: null,
        card_last4: null,
        card_exp_month: null,
        card_exp_year: null,
      })
      .where(eq(subscriptions.user_id, id)),
  );
}

/** More are left to the job that deletes old ones. */
const MOST_REGISTRATIONS = 100;

/** Whoever typed their address into another application could never confirm it, and would be forgotten after 30 days anyway. */
function forgetOtherRegistrations(t: Plan, address: SQL): void {
  const mayGo = sql`(${and(
    eq(users.email, address),
    inArray(users.status, ["pending_email", "rejected"]),
    sql`not exists (select from ${subscriptions} where ${eq(subscriptions.user_id, users.id)})`,
  )})`;
  deleteRegistrations(t, mayGo, MOST_REGISTRATIONS);
}

/** The mails to them, and the invitations that they sent. */
function forgetMails(t: Plan, id: string, address: SQL): void {
  const toAddress = and(isNull(emails.user_id), eq(emails.to_email, address));
  const linksOfInvitations = query
    .select({ id: account_tokens.id })
    .from(account_tokens)
    .innerJoin(user_invitations, eq(user_invitations.id, account_tokens.invitation_id))
    .where(eq(user_invitations.invited_by, id));
  t.effect(
    query
      .delete(emails)
      .where(or(eq(emails.user_id, id), toAddress, inArray(emails.account_token_id, linksOfInvitations))),
  );
}

function forgetInvitations(t: Plan, id: string, address: SQL): void {
  t.effect(
    query.delete(user_invitations).where(or(eq(user_invitations.accepted_by, id), eq(user_invitations.email, address))),
  );
  t.effect(query.update(user_invitations).set({ message: null }).where(eq(user_invitations.invited_by, id)));
}

/** Photos that nobody has accepted go with their files. The others lose their name, and what they had taken down stays hidden. */
function forgetPhotos(t: Plan, id: string): void {
  t.effect(
    query.delete(event_galleries).where(and(eq(event_galleries.uploaded_by, id), isNull(event_galleries.accepted_at))),
  );
  t.effect(query.update(event_galleries).set({ uploaded_by: null }).where(eq(event_galleries.uploaded_by, id)));
  t.effect(query.update(event_galleries).set({ takedown_by: null }).where(eq(event_galleries.takedown_by, id)));
  t.effect(query.update(photo_takedowns).set({ asked_by: null }).where(eq(photo_takedowns.asked_by, id)));
}

/** What a file said about them. A row that waits to be applied is no longer applied. */
function forgetImports(t: Plan, id: string, address: SQL): void {
  const namesAddress = sql`exists (select from jsonb_array_elements_text(${import_rows.cells}) cell
    where lower(trim(cell)) = ${address})`;
  const isTheirs = or(eq(import_rows.user_id, id), namesAddress);
  t.effect(
    query
      .update(import_rows)
      .set({
        cells: [],
        before: null,
        warnings: [],
        outcome: sql`case when ${import_rows.applied_at} is null then 'problem' else ${import_rows.outcome} end`,
        problems: sql`case when ${import_rows.applied_at} is null
          then jsonb_build_array(jsonb_build_object('field', null, 'message', 'is about somebody who was erased')) else '[]'::jsonb end`,
      })
      .where(isTheirs),
  );
}
