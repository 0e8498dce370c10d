import { and, asc, desc, eq, or, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { withImageUrls } from "../../gallery/find.ts";
import { galleryColumns, isItsFile } from "../../gallery/schemas.ts";
import type { SignedInContext } from "../../http/context.ts";
import { isMailOfRecipient, recipientOutcome } from "../../mail/newsletter-outcome.ts";
import { selectAccepted } from "../../people/acceptances.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { columnsFor } from "../../subscriptions/schemas.ts";
import { audit_log, roles, user_role_assignments } from "../../tables/access.ts";
import { login_attempts, sessions, user_invitations } from "../../tables/accounts.ts";
import { newsletter_archives, newsletter_recipients } from "../../tables/documents.ts";
import { event_answers, event_questions, event_rsvps, events } from "../../tables/events.ts";
import { stored_files } from "../../tables/files.ts";
import { event_galleries, photo_takedowns } from "../../tables/gallery.ts";
import { import_rows } from "../../tables/import-jobs.ts";
import { emails, reminders } from "../../tables/mail.ts";
import { user_notes, user_tags, vouchings } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";
import { selectAccesses, selectOpeningRoles } from "../access-log/list.ts";
import { cellsWithoutHash } from "../import/cells.ts";
import { privacyColumns, selectProfiles } from "../my/schemas.ts";
import { readOwnMoney } from "./money.ts";
import { FIELDS, type MyExport, NEWEST } from "./schemas.ts";

/** Everything about me, in one transaction. */
export async function exportMe(ctx: SignedInContext): Promise<MyExport> {
  const found = await ctx.transact((t) => ({
    exported_at: ctx.now.toISOString(),
    ...readPerson(t, ctx),
    ...readOwnMoney(t, ctx.user_id),
    ...readCommunity(t, ctx.user_id),
  }));
  return {
    ...found,
    profile: await withPhotoUrls(ctx, found.profile),
    photos: await Promise.all(found.photos.map((photo) => withImageUrls(ctx, photo))),
  };
}

function readPerson(t: Plan, { user_id: id, settings }: SignedInContext) {
  const me = eq(users.id, id);
  return {
    profile: t.one(selectProfiles(settings).where(me)),
    privacy: t.one(query.select(privacyColumns).from(users).where(me)),
    application: t.one(
      query
        .select(columnsFor(FIELDS.application, users, {}))
        .from(users)
        .where(me),
    ),
    accepted_documents: t.many(selectAccepted(id)),
    roles: t.many(
      query
        .select(columnsFor(FIELDS.roles, user_role_assignments, { role: roles.name }))
        .from(user_role_assignments)
        .innerJoin(roles, eq(roles.id, user_role_assignments.role_id))
        .where(eq(user_role_assignments.user_id, id))
        .orderBy(asc(roles.code)),
    ),
    sessions: t.many(
      query
        .select(columnsFor(FIELDS.sessions, sessions, {}))
        .from(sessions)
        .where(eq(sessions.user_id, id))
        .orderBy(desc(sessions.created_at), desc(sessions.id)),
    ),
    sign_ins: t.many(
      query
        .select(columnsFor(FIELDS.sign_ins, login_attempts, {}))
        .from(login_attempts)
        .where(eq(login_attempts.user_id, id))
        .orderBy(desc(login_attempts.created_at), desc(login_attempts.id))
        .limit(NEWEST),
    ),
    history: t.many(
      query
        .select(columnsFor(FIELDS.history, audit_log, {}))
        .from(audit_log)
        .where(and(eq(audit_log.subject_type, "users"), eq(audit_log.subject_id, id)))
        .orderBy(desc(audit_log.created_at), desc(audit_log.id))
        .limit(NEWEST),
    ),
    access_log: t.many(selectAccesses(id).limit(NEWEST)),
    could: t.many(selectOpeningRoles()),
  };
}

function readCommunity(t: Plan, id: string) {
  return {
    rsvps: t.many(
      query
        .select(columnsFor(FIELDS.rsvps, event_rsvps, { event: events.title, start_at: events.start_at }))
        .from(event_rsvps)
        .innerJoin(events, eq(events.id, event_rsvps.event_id))
        .where(eq(event_rsvps.user_id, id))
        .orderBy(desc(events.start_at), desc(events.id)),
    ),
    photos: t.many(
      query
        .select({
          ...columnsFor(FIELDS.photos, event_galleries, { event: events.title }),
          image_key: galleryColumns.image_key,
        })
        .from(event_galleries)
        .innerJoin(events, eq(events.id, event_galleries.event_id))
        .leftJoin(stored_files, isItsFile)
        .where(eq(event_galleries.uploaded_by, id))
        .orderBy(desc(event_galleries.created_at), desc(event_galleries.id)),
    ),
    photos_taken_down: t.many(
      query
        .select(
          columnsFor(FIELDS.photos_taken_down, event_galleries, {
            photo_id: photo_takedowns.photo_id,
            event: events.title,
            takedown_at: photo_takedowns.created_at,
          }),
        )
        .from(photo_takedowns)
        .leftJoin(event_galleries, eq(event_galleries.id, photo_takedowns.photo_id))
        .leftJoin(events, eq(events.id, event_galleries.event_id))
        .where(eq(photo_takedowns.asked_by, id))
        .orderBy(desc(photo_takedowns.created_at), desc(photo_takedowns.photo_id)),
    ),
    event_answers: t.many(
      query
        .select(
          columnsFor(FIELDS.event_answers, event_answers, { event: events.title, question: event_questions.question }),
        )
        .from(event_answers)
        .innerJoin(event_questions, eq(event_questions.id, event_answers.question_id))
        .innerJoin(events, eq(events.id, event_answers.event_id))
        .where(eq(event_answers.user_id, id))
        .orderBy(desc(event_answers.created_at), event_questions.position),
    ),
    mails: t.many(
      query
        .select(columnsFor(FIELDS.mails, emails, {}))
        .from(emails)
        .where(and(eq(emails.user_id, id), addressIsConfirmed(id)))
        .orderBy(desc(emails.queue_number))
        .limit(NEWEST),
    ),
    reminders: t.many(
      query
        .select(columnsFor(FIELDS.reminders, reminders, {}))
        .from(reminders)
        .where(and(eq(reminders.user_id, id), addressIsConfirmed(id)))
        .orderBy(desc(reminders.decided_at), desc(reminders.id))
        .limit(NEWEST),
    ),
    newsletters: t.many(
      query
        .select(
          columnsFor(FIELDS.newsletters, newsletter_recipients, {
            title: newsletter_archives.title,
            outcome: recipientOutcome.as("outcome"),
          }),
        )
        .from(newsletter_recipients)
        .innerJoin(newsletter_archives, eq(newsletter_archives.id, newsletter_recipients.newsletter_id))
        .leftJoin(emails, isMailOfRecipient)
        .where(eq(newsletter_recipients.user_id, id))
        .orderBy(desc(newsletter_recipients.queued_at), desc(newsletter_archives.id)),
    ),
    notes: t.many(
      query
        .select(columnsFor(FIELDS.notes, user_notes, {}))
        .from(user_notes)
        .where(eq(user_notes.user_id, id))
        .orderBy(desc(user_notes.created_at), desc(user_notes.id)),
    ),
    tags: t.many(
      query
        .select(columnsFor(FIELDS.tags, user_tags, {}))
        .from(user_tags)
        .where(eq(user_tags.user_id, id))
        .orderBy(asc(user_tags.tag)),
    ),
    vouchings: t.many(
      query
        .select(
          columnsFor(FIELDS.vouchings, vouchings, { asked: oneOf(eq(vouchings.member_id, id), "me", "about_me") }),
        )
        .from(vouchings)
        .where(or(eq(vouchings.applicant_id, id), eq(vouchings.member_id, id)))
        .orderBy(desc(vouchings.created_at), desc(vouchings.id)),
    ),
    invitations: t.many(
      query
        .select(
          columnsFor(FIELDS.invitations, user_invitations, {
            by_me: sql<boolean>`coalesce(${eq(user_invitations.invited_by, id)}, false)`,
          }),
        )
        .from(user_invitations)
        .where(or(eq(user_invitations.accepted_by, id), eq(user_invitations.invited_by, id)))
        .orderBy(desc(user_invitations.created_at), desc(user_invitations.id)),
    ),
    imported: t.many(
      query
        .select(columnsFor(FIELDS.imported, import_rows, { cells: cellsWithoutHash }))
        .from(import_rows)
        .where(eq(import_rows.user_id, id))
        .orderBy(desc(import_rows.created_at), desc(import_rows.row)),
    ),
  };
}

/** Our mails would tell whoever registered with an address whether it has an owner. So they see none until they confirm it. */
const addressIsConfirmed = (id: string): SQL =>
  sql`exists (select from ${users} where ${and(eq(users.id, id), users.email_verified)})`;

const oneOf = <Yes extends string, No extends string>(holds: SQL, yes: Yes, no: No): SQL<Yes | No> =>
  sql<Yes | No>`case when ${holds} then ${yes}::text else ${no}::text end`;
