import { and, eq, type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { personHolds } from "../../access/holds.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { type CsvRow, cellsOf, column, timeColumn } from "../../http/csv-columns.ts";
import { ExportOptions, exportCsv } from "../../http/export.ts";
import { by } from "../../http/pagination.ts";
import type { Download } from "../../http/route.ts";
import { event_answers, event_questions, event_rsvps } from "../../tables/events.ts";
import { nameOf, users } from "../../tables/people.ts";
import { placeInLine } from "../schemas.ts";
import { rsvpFilters } from "./rsvp-schemas.ts";
import { guardEventExists, inLine, rsvpMatches } from "./rsvps.ts";

export const RsvpExport = ExportOptions.omit({ amounts: true }).extend(rsvpFilters);
export type RsvpExport = z.infer<typeof RsvpExport>;

const columns = {
  user_id: column("Person ID", event_rsvps.user_id),
  first_name: column("First name", users.first_name),
  last_name: column("Last name", users.last_name),
  pronouns: column("Pronouns", users.pronouns),
  email: column("Email", users.email),
  status: column("Membership", users.status),
  rsvp_status: column("Answer", event_rsvps.rsvp_status),
  guests: column("Guests", event_rsvps.guests),
  position: column("Place in line", placeInLine),
  answered_at: timeColumn("Answered", event_rsvps.answered_at),
  recorded_by: column("Answered by", nameOf(event_rsvps.recorded_by)),
  check_in_code: column("Code", event_rsvps.check_in_code),
  attended: column("Came", event_rsvps.attended),
  attended_at: timeColumn("Came at", event_rsvps.attended_at),
  photo_preference: column("Photos", users.photo_preference),
};

const answers = sql<CsvRow>`(select coalesce(jsonb_object_agg(a.question_id, a.answer), '{}'::jsonb)
  from ${event_answers} as a where a.event_id = ${event_rsvps.event_id} and a.user_id = ${event_rsvps.user_id})`;

/**
 * The answers to an event that match, as a CSV file. Each page's transaction records whose data it holds. What people answered
 * to the event's questions is in it for those who may see that, and only for them. 404 without such an event.
 */
export const exportRsvps = (
  ctx: SignedInContext,
  event_id: string,
  { bom, headers, ...filters }: RsvpExport,
): Promise<Download> => {
  const withEvent: SignedInContext = {
    ...ctx,
    transact: (write) =>
      ctx.transact((t) => {
        guardEventExists(t, event_id);
        return write(t);
      }),
  };
  const may_see_answers = personHolds(ctx.user_id, "events.rsvps");
  return exportCsv(withEvent, {
    table: "event_rsvps",
    filters: { event_id, ...filters },
    options: { bom, headers, amounts: "decimal" },
    columns,
    found_columns: query
      .select({
        field: sql<string>`${event_questions.id}::text`,
        name: sql<string>`'answer_' || row_number() over (order by ${event_questions.position}, ${event_questions.id})`,
        header: event_questions.question,
      })
      .from(event_questions)
      .where(and(eq(event_questions.event_id, event_id), may_see_answers))
      .orderBy(event_questions.position, event_questions.id),
    order: inLine,
    select: (which: SQL, limit: number) =>
      query
        .select({
          line_number: event_rsvps.line_number,
          cells: cellsOf(columns),
          found_cells: sql<CsvRow>`case when ${may_see_answers} then ${answers} else '{}'::jsonb end`,
        })
        .from(event_rsvps)
        .innerJoin(users, eq(users.id, event_rsvps.user_id))
        .where(and(eq(event_rsvps.event_id, event_id), which))
        .orderBy(...by(inLine))
        .limit(limit),
    subjects: {
      id: event_rsvps.user_id,
      ids: (from: SQL, limit: number) =>
        query
          .select({ id: event_rsvps.user_id })
          .from(event_rsvps)
          .innerJoin(users, eq(users.id, event_rsvps.user_id))
          .where(and(rsvpMatches(event_id, filters), from))
          .orderBy(...by(inLine))
          .limit(limit),
    },
  });
};
