import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Id, Line } from "../../http/schemas.ts";
import { event_questions, events } from "../../tables/events.ts";
import { guardNotCancelled, isAmong, lockEvent } from "../find.ts";
import { eventsInScope, type SeriesScope } from "../series/following.ts";
import { selectManagedEvent } from "./find.ts";
import type { ManagedEvent } from "./schemas.ts";

const QuestionInput = z
  .strictObject({
    id: Id.optional().describe("Of a question that there is already. Its answers stay"),
    question: Line(300),
    purpose: Line(300).describe("What the answer is for, so that people know before they give it"),
    kind: z.enum(event_questions.kind.enumValues),
    choices: z.array(Line(100)).max(50).default([]),
    required: z.boolean().default(false),
  })
  .refine(({ kind, choices }) => (kind === "choice") === choices.length > 0, {
    path: ["choices"],
    error: "must be given for the kind choice, and only there",
  });

export const QuestionsInput = z
  .strictObject({
    questions: z
      .array(QuestionInput)
      .max(20)
      .refine(
        (list) => {
          const ids = list.flatMap(({ id }) => id ?? []);
          return new Set(ids).size === ids.length;
        },
        { error: "must name each id once" },
      )
      .describe("All questions, in order"),
  })
  .meta({ id: "QuestionsInput" });
export type QuestionsInput = z.infer<typeof QuestionsInput>;

/**
 * Replaces the questions of an event; on demand, also of those of its series that follow. One that is left out is deleted, with
 * its answers. An event that follows has questions of its own: the one that was worded the same is the same question. 400 for
 * the id of another event's question, 404 without such an event, 409 if it is canceled.
 */
export async function setQuestions(
  ctx: SignedInContext,
  id: string,
  { questions }: QuestionsInput,
  scope: SeriesScope,
): Promise<ManagedEvent> {
  const these = eventsInScope(id, scope);
  const rows = JSON.stringify(questions.map((question, position) => ({ ...question, position })));
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as given (
    id uuid, position int, question text, purpose text, kind text, choices text[], required boolean)`;
  return ctx.transact((t) => {
    lockEvent(t, these);
    guardNotCancelled(t, id);
    t.valid(
      sql`not exists (select from ${given} left join ${event_questions} as own on own.id = given.id
        and own.event_id = ${id}::uuid where given.id is not null and own.id is null)`,
      "questions",
      "must each be new, or one of this event",
    );
    t.effect(
      query.execute(sql`
        with asked as (
          select given.*, worded.*, row_number() over (partition by worded.question_before, worded.kind_before
            order by given.position) as nth
          from ${given} left join ${event_questions} as own on own.id = given.id
          cross join lateral (select coalesce(own.question, given.question) as question_before,
            coalesce(own.kind, given.kind) as kind_before) as worded
        ), present as (
          select id, event_id, question, kind,
            row_number() over (partition by event_id, question, kind order by position, id) as nth
          from ${event_questions} where ${isAmong(event_questions.event_id, these)}
        ), paired as (
          select asked.*, ${events.id} as event_id, present.id as present_id
          from ${events} cross join asked left join present on present.event_id = ${events.id}
            and case when ${eq(events.id, id)} then present.id = asked.id
              else (present.question, present.kind, present.nth) = (question_before, kind_before, asked.nth) end
          where ${isAmong(events.id, these)}
        ), left_out as (
          delete from ${event_questions} where ${isAmong(event_questions.event_id, these)}
            and not exists (select from paired where present_id = ${event_questions.id})
        )
        insert into ${event_questions} (id, event_id, position, question, purpose, kind, choices, required)
        select coalesce(present_id, gen_random_uuid()), event_id, position, question, purpose, kind, choices, required
        from paired
        on conflict (id) do update set position = excluded.position, question = excluded.question,
          purpose = excluded.purpose, kind = excluded.kind, choices = excluded.choices, required = excluded.required`),
    );
    return t.one(selectManagedEvent(ctx, id));
  });
}
