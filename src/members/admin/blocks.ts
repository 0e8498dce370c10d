import { and, desc, eq, inArray, notInArray, type SQL, sql } from "drizzle-orm";
import { personHolds } from "../../access/holds.ts";
import type { Permission } from "../../access/permissions.ts";
import { auditEntryColumns } from "../../audit/schemas.ts";
import type { Handle, Plan } from "../../database/plan.ts";
import { query, type Rows } from "../../database/query.ts";
import { donationSummaryColumns } from "../../donations/admin/schemas.ts";
import type { SignedInContext } from "../../http/context.ts";
import { suppressionOf } from "../../mail/suppression.ts";
import { subscriptionColumns } from "../../subscriptions/schemas.ts";
import { subscriptionIsRunning } from "../../subscriptions/standing.ts";
import { audit_log } from "../../tables/access.ts";
import { donations } from "../../tables/donations.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { payments } from "../../tables/ledger.ts";
import { emails } from "../../tables/mail.ts";
import { user_notes, vouchings } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { READINGS } from "../access-log/schemas.ts";
import { MOST_SHOWN } from "./detail-schemas.ts";
import { userNoteColumns } from "./note-schemas.ts";
import { isAuthor, notesFor } from "./notes.ts";

type Reader = Pick<SignedInContext, "user_id" | "settings">;

/** How many rows there are without the limit. Each row repeats it. */
const total = sql<number>`(count(*) over ())::int`;

/** The newest entries of one kind, and how many there are in all. */
const block = <Row extends { total: number }>(
  t: Plan,
  rows: Rows<Row>,
): Handle<{ items: Omit<Row, "total">[]; total: number }> =>
  t.combine(t.many(rows), (found) => ({
    items: found.map(({ total: _, ...item }) => item),
    total: found[0]?.total ?? 0,
  }));

/** Rows of a list that this permission opens: none for those who lack it. */
const ifHeld = ({ user_id }: Reader, permission: Permission, ...conditions: (SQL | undefined)[]): SQL | undefined =>
  and(...conditions, personHolds(user_id, permission));

export const readNotes = (t: Plan, reader: Reader, id: string) =>
  block(
    t,
    query
      .select({ ...userNoteColumns, total })
      .from(user_notes)
      .leftJoin(users, isAuthor)
      .where(notesFor(reader, id))
      .orderBy(desc(user_notes.created_at), desc(user_notes.id))
      .limit(MOST_SHOWN),
  );

export const readVouchings = (t: Plan, reader: Reader, id: string) =>
  block(
    t,
    query
      .select({
        id: vouchings.id,
        member_id: vouchings.member_id,
        member: { first_name: users.first_name, last_name: users.last_name },
        asked_by: vouchings.asked_by,
        answer: vouchings.answer,
        answered_at: vouchings.answered_at,
        created_at: vouchings.created_at,
        total,
      })
      .from(vouchings)
      .innerJoin(users, eq(users.id, vouchings.member_id))
      .where(ifHeld(reader, "users.approve", eq(vouchings.applicant_id, id)))
      .orderBy(desc(vouchings.created_at), desc(vouchings.id))
      .limit(MOST_SHOWN),
  );

export const readSubscription = (t: Plan, reader: Reader, id: string) =>
  t.combine(
    t.maybe(
      query
        .select(subscriptionColumns)
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(ifHeld(reader, "subscriptions.view", eq(subscriptions.user_id, id)))
        .orderBy(desc(subscriptionIsRunning), desc(subscriptions.created_at), desc(subscriptions.id))
        .limit(1),
    ),
    (subscription) => subscription && { ...subscription, currency: reader.settings.CURRENCY },
  );

export const readDonations = (t: Plan, reader: Reader, id: string) =>
  block(
    t,
    query
      .select({ ...donationSummaryColumns(reader.settings.CURRENCY), total })
      .from(donations)
      .leftJoin(payments, eq(payments.donation_id, donations.id))
      .where(ifHeld(reader, "donations.view", eq(donations.user_id, id)))
      .orderBy(desc(donations.created_at), desc(donations.id))
      .limit(MOST_SHOWN),
  );

export const readRsvps = (t: Plan, reader: Reader, id: string) =>
  block(
    t,
    query
      .select({
        event_id: event_rsvps.event_id,
        title: events.title,
        start_at: events.start_at,
        rsvp_status: event_rsvps.rsvp_status,
        attended: event_rsvps.attended,
        attended_at: event_rsvps.attended_at,
        created_at: event_rsvps.created_at,
        total,
      })
      .from(event_rsvps)
      .innerJoin(events, eq(events.id, event_rsvps.event_id))
      .where(ifHeld(reader, "events.rsvps", eq(event_rsvps.user_id, id)))
      .orderBy(desc(event_rsvps.created_at), desc(event_rsvps.event_id))
      .limit(MOST_SHOWN),
  );

export const readSuppression = (t: Plan, { settings }: Reader, id: string) =>
  t.combine(
    t.one(
      query
        .select({ suppression: suppressionOf(settings, users.email) })
        .from(users)
        .where(eq(users.id, id)),
    ),
    ({ suppression }) => suppression,
  );

export const readMails = (t: Plan, reader: Reader, id: string) =>
  block(
    t,
    query
      .select({
        id: emails.id,
        template: emails.template,
        status: emails.status,
        created_at: emails.created_at,
        sent_at: emails.sent_at,
        feedback: emails.feedback,
        total,
      })
      .from(emails)
      .where(ifHeld(reader, "settings.email", eq(emails.user_id, id)))
      .orderBy(desc(emails.created_at), desc(emails.queue_number))
      .limit(MOST_SHOWN),
  );

/** Rows about a person that name their id as the audit log's subject. */
const THEIR_TABLES = ["users", "user_role_assignments", "user_notes", "user_tags"];

export const readHistory = (t: Plan, reader: Reader, id: string) =>
  block(
    t,
    query
      .select({ ...auditEntryColumns, total })
      .from(audit_log)
      .leftJoin(users, eq(users.id, audit_log.actor_id))
      .where(
        ifHeld(
          reader,
          "settings.audit",
          inArray(audit_log.subject_type, THEIR_TABLES),
          eq(audit_log.subject_id, id),
          notInArray(audit_log.action, [...READINGS]),
        ),
      )
      .orderBy(desc(audit_log.created_at), desc(audit_log.id))
      .limit(MOST_SHOWN),
  );
