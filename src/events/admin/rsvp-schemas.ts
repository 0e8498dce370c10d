import { sql } from "drizzle-orm";
import * as z from "zod";
import { Paging, pageWithTotalOf } from "../../http/pagination.ts";
import { Id, Instant, YesOrNo } from "../../http/schemas.ts";
import { Search } from "../../http/search.ts";
import { UserStatus } from "../../people/schemas.ts";
import { event_rsvps } from "../../tables/events.ts";
import { users } from "../../tables/people.ts";
import { QuestionAnswer, rsvpAnswers } from "../questions.ts";
import { placeInLine, RsvpStatus } from "../schemas.ts";

/** Somebody's answer, as volunteers see it. */
export const Rsvp = z
  .object({
    user_id: z.uuid(),
    first_name: z.string(),
    last_name: z.string(),
    pronouns: z.string().nullable(),
    email: z.string().nullable(),
    status: UserStatus,
    photo_preference: z
      .enum(users.photo_preference.enumValues)
      .describe("Whether photos of events may show the person: to nobody, to members, or to everybody"),
    rsvp_status: RsvpStatus.nullable().describe("Null for somebody who came without an answer"),
    guests: z.int(),
    position: z.int().nullable().describe("The place on the waiting list, from 1"),
    show_name: z.boolean().describe("Whether members may see the name"),
    check_in_code: z.string(),
    answers: z.array(QuestionAnswer).describe("To the event's questions. They are deleted 30 days after the event"),
    attended: z.boolean(),
    attended_at: Instant.nullable(),
    answered_at: Instant,
    recorded_by: z.uuid().nullable().describe("The volunteer who answered for them"),
  })
  .meta({ id: "Rsvp" });
export type Rsvp = z.infer<typeof Rsvp>;

/** The columns of {@link Rsvp}, from `event_rsvps` joined with `users`. */
export const rsvpColumns = {
  user_id: event_rsvps.user_id,
  first_name: users.first_name,
  last_name: users.last_name,
  pronouns: users.pronouns,
  email: users.email,
  status: users.status,
  photo_preference: users.photo_preference,
  rsvp_status: event_rsvps.rsvp_status,
  guests: event_rsvps.guests,
  position: sql<number | null>`${placeInLine}`,
  show_name: event_rsvps.show_name,
  check_in_code: event_rsvps.check_in_code,
  answers: sql<QuestionAnswer[]>`${rsvpAnswers}`,
  attended: event_rsvps.attended,
  attended_at: event_rsvps.attended_at,
  answered_at: event_rsvps.answered_at,
  recorded_by: event_rsvps.recorded_by,
};

/** What narrows the list and the export of an event's answers. */
export const rsvpFilters = {
  rsvp_status: RsvpStatus.optional(),
  attended: YesOrNo.optional(),
  search: Search.describe("Part of a name or email address"),
};

export const RsvpFilters = Paging.extend(rsvpFilters);
export type RsvpFilters = z.infer<typeof RsvpFilters>;
export type RsvpFilterValues = Omit<RsvpFilters, "limit" | "cursor">;

export const RsvpPage = pageWithTotalOf(Rsvp).meta({ id: "RsvpPage" });
export type RsvpPage = z.infer<typeof RsvpPage>;

export const NewRsvp = z
  .strictObject({
    user_id: Id,
    rsvp_status: z.enum(["yes", "maybe"]).default("yes"),
    guests: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe("How many people they bring, if they say yes. Left out, it stays as it is: at first, nobody"),
  })
  .meta({ id: "NewRsvp" });
export type NewRsvp = z.infer<typeof NewRsvp>;

export const RsvpOf = z.object({ id: Id, user_id: Id });
export type RsvpOf = z.infer<typeof RsvpOf>;

export const RemovalOptions = z.object({
  promote: YesOrNo.default(true).describe(
    "`false` leaves the seat free for now, so that you can give it to somebody yourself",
  ),
  notify: YesOrNo.default(true).describe("`false` does not tell the person, for example because you already did"),
});
export type RemovalOptions = z.infer<typeof RemovalOptions>;
