import * as z from "zod";
import { pageWithTotalOf } from "../../http/pagination.ts";
import { Id, Instant, Text } from "../../http/schemas.ts";
import { user_notes } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";

/** What a volunteer wrote down about a person. */
export const UserNote = z
  .object({
    id: Id,
    body: z.string(),
    sensitive: z.boolean().describe("Whether only holders of `users.view_sensitive` see it"),
    author_id: Id.nullable(),
    author: z
      .object({ first_name: z.string(), last_name: z.string() })
      .nullable()
      .describe("Null, like `author_id`, for people who have been deleted"),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: "UserNote" });
export type UserNote = z.infer<typeof UserNote>;

/** The columns of {@link UserNote}, of `user_notes` and its author's row of `users`. */
export const userNoteColumns = {
  id: user_notes.id,
  body: user_notes.body,
  sensitive: user_notes.sensitive,
  author_id: users.id,
  author: { first_name: users.first_name, last_name: users.last_name },
  created_at: user_notes.created_at,
  updated_at: user_notes.updated_at,
};

export const UserNotePage = pageWithTotalOf(UserNote).meta({ id: "UserNotePage" });
export type UserNotePage = z.infer<typeof UserNotePage>;

/** What to write down. */
export const NoteText = z
  .strictObject({
    body: Text(5000).meta({ example: "Would like to help at the picnic." }),
    sensitive: z
      .boolean()
      .default(false)
      .describe("Whether only holders of `users.view_sensitive` see it. Only they can set it"),
  })
  .meta({ id: "NoteText" });
export type NoteText = z.infer<typeof NoteText>;

/** The path of a note. */
export const NoteOfPerson = z.object({ id: Id, note_id: Id });
export type NoteOfPerson = z.infer<typeof NoteOfPerson>;
