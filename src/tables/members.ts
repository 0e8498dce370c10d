import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { belongsTo, id, instant, timestamps } from "./columns.ts";
import { users } from "./people.ts";

/** What volunteers write down about a person. The person sees it in their export. */
export const user_notes = pgTable(
  "user_notes",
  {
    id: id(),
    user_id: belongsTo(() => users.id, "cascade"),
    author_id: uuid().references(() => users.id, { onDelete: "set null" }),
    body: text().notNull(),
    /** Only for holders of `users.view_sensitive`. */
    sensitive: boolean().notNull().default(false),
    ...timestamps,
  },
  (t) => [index("user_notes_user").on(t.user_id, t.created_at, t.id), index("user_notes_author").on(t.author_id)],
);

/** A word by which volunteers group people. */
export const user_tags = pgTable(
  "user_tags",
  {
    user_id: belongsTo(() => users.id, "cascade"),
    tag: text().notNull(),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.user_id, t.tag] }),
    index("user_tags_tag").on(t.tag, t.user_id),
    check("user_tags_tag_plain", sql`${t.tag} = lower(trim(${t.tag})) and ${t.tag} <> ''`),
  ],
);

/** A member who is asked whether they know an applicant. */
export const vouchings = pgTable(
  "vouchings",
  {
    id: id(),
    applicant_id: belongsTo(() => users.id, "cascade"),
    member_id: belongsTo(() => users.id, "cascade"),
    asked_by: uuid().references(() => users.id, { onDelete: "set null" }),
    answer: text({ enum: ["yes", "no"] }),
    answered_at: instant(),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("vouchings_one_each").on(t.applicant_id, t.member_id),
    index("vouchings_member").on(t.member_id, t.created_at, t.id),
    index("vouchings_asked_by").on(t.asked_by).where(sql`${t.asked_by} is not null`),
    check("vouchings_others", sql`${t.applicant_id} <> ${t.member_id}`),
    check("vouchings_answer", sql`${t.answer} in ('yes', 'no') and (${t.answer} is null) = (${t.answered_at} is null)`),
  ],
);
