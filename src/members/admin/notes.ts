import { and, eq, or, type SQL, sql } from "drizzle-orm";
import { personHolds } from "../../access/holds.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { listPageWithTotal, newestFirst, type Paging } from "../../http/pagination.ts";
import type { Message } from "../../http/schemas.ts";
import { guardPerson, lockPerson, personIsKnown } from "../../people/person.ts";
import { user_notes } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";
import { type NoteOfPerson, type NoteText, type UserNote, type UserNotePage, userNoteColumns } from "./note-schemas.ts";
import { auditOpening, auditSensitive } from "./opening.ts";

type Reader = Pick<SignedInContext, "user_id">;

/** The notes about a person that this volunteer may read. */
export const notesFor = ({ user_id }: Reader, person_id: string): SQL =>
  sql`(${and(
    eq(user_notes.user_id, person_id),
    or(eq(user_notes.sensitive, false), personHolds(user_id, "users.view_sensitive")),
  )})`;

/** Whether a row of `users` wrote a note. Somebody who was erased is the author of none. */
export const isAuthor: SQL = sql`(${and(eq(users.id, user_notes.author_id), personIsKnown)})`;

/** Notes with their authors: add the condition. */
export const selectNotes = () => query.select(userNoteColumns).from(user_notes).leftJoin(users, isAuthor);

/** Records that sensitive notes about a person were read, if there are any and the reader may. */
export const auditSensitiveNotes = (t: Plan, ctx: SignedInContext, person_id: string): void =>
  auditSensitive(
    t,
    ctx,
    person_id,
    sql`exists (select from ${user_notes} where ${and(notesFor(ctx, person_id), user_notes.sensitive)})`,
  );

/** The notes about a person, newest first. 404 if there is no such person. */
export const listNotes = (ctx: SignedInContext, person_id: string, paging: Paging): Promise<UserNotePage> =>
  ctx.transact((t) => {
    guardPerson(t, person_id);
    auditOpening(t, ctx, person_id);
    auditSensitiveNotes(t, ctx, person_id);
    return listPageWithTotal(t, newestFirst(user_notes), selectNotes, paging, notesFor(ctx, person_id));
  });

/** 403 if a note that is to be sensitive is written by somebody who could not read it. */
const guardSealing = (t: Plan, { user_id }: Reader, { sensitive }: NoteText): void =>
  t.guard(
    sql`not ${sensitive}::boolean or ${personHolds(user_id, "users.view_sensitive")}`,
    403,
    "note_too_sensitive",
    "Only people who may see sensitive details can write sensitive notes.",
  );

/** Writes down something about a person. 404 if there is no such person, 403 for a sensitive note of those who may not read it. */
export const addNote = (ctx: SignedInContext, person_id: string, note: NoteText): Promise<UserNote> => {
  const id = crypto.randomUUID();
  return ctx.transact((t) => {
    lockPerson(t, person_id);
    guardPerson(t, person_id);
    guardSealing(t, ctx, note);
    t.effect(query.insert(user_notes).values({ id, user_id: person_id, author_id: ctx.user_id, ...note }));
    return t.one(selectNotes().where(eq(user_notes.id, id)));
  });
};

/** 404 unless there is such a note that the actor may read; 403 unless they wrote it or may delete people. */
function guardNote(t: Plan, ctx: Reader, { id, note_id }: NoteOfPerson): void {
  const note = and(eq(user_notes.id, note_id), notesFor(ctx, id));
  guardPerson(t, id);
  t.effect(query.select({ id: user_notes.id }).from(user_notes).where(note).for("update"));
  t.guard(
    sql`exists (select from ${user_notes} where ${note})`,
    404,
    "note_not_found",
    "There is no such note about this person.",
  );
  t.guard(
    sql`exists (select from ${user_notes} where ${and(note, eq(user_notes.author_id, ctx.user_id))}) or ${personHolds(ctx.user_id, "users.delete")}`,
    403,
    "note_of_another",
    "Only the author of this note, and people who can delete members, can change or delete it.",
  );
}

/** Changes a note. Its author stays. */
export const editNote = (ctx: SignedInContext, path: NoteOfPerson, note: NoteText): Promise<UserNote> =>
  ctx.transact((t) => {
    guardNote(t, ctx, path);
    guardSealing(t, ctx, note);
    t.effect(query.update(user_notes).set(note).where(eq(user_notes.id, path.note_id)));
    return t.one(selectNotes().where(eq(user_notes.id, path.note_id)));
  });

/** Deletes a note for good. */
export async function deleteNote(ctx: SignedInContext, path: NoteOfPerson): Promise<Message> {
  await ctx.transact((t) => {
    guardNote(t, ctx, path);
    t.effect(query.delete(user_notes).where(eq(user_notes.id, path.note_id)));
  });
  return { message: "The note has been deleted." };
}
