import { and, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { Id, Text } from "../http/schemas.ts";
import { event_answers, event_questions, event_rsvps, events } from "../tables/events.ts";

/** What an event asks those who come. */
export const Question = z
  .object({
    id: z.uuid(),
    question: z.string(),
    purpose: z.string().describe("What the answer is for"),
    kind: z.enum(event_questions.kind.enumValues).describe("How to answer: in words, by a choice, or by `yes` or `no`"),
    choices: z.array(z.string()).describe("What there is to choose from"),
    required: z.boolean().describe("Whether a yes needs an answer"),
  })
  .meta({ id: "Question" });
export type Question = z.infer<typeof Question>;

/** Somebody's answer to a question. */
export const QuestionAnswer = z.object({ question_id: z.uuid(), answer: z.string() }).meta({ id: "QuestionAnswer" });
export type QuestionAnswer = z.infer<typeof QuestionAnswer>;

/** What people send as answers. */
export const AnswersInput = z
  .array(z.object({ question_id: Id, answer: Text(1000) }))
  .max(20)
  .refine((list) => new Set(list.map(({ question_id }) => question_id)).size === list.length, {
    error: "must answer each question once",
  })
  .describe("My answers to the event's questions. What is left out stays as it is, unless I give up my seat");
type AnswersInput = z.infer<typeof AnswersInput>;

/** The questions of a row of `events`, in order. */
export const eventQuestions = sql<Question[]>`coalesce((
  select jsonb_agg(jsonb_build_object('id', q.id, 'question', q.question, 'purpose', q.purpose, 'kind', q.kind,
    'choices', q.choices, 'required', q.required) order by q.position, q.id)
  from ${event_questions} as q where q.event_id = ${events.id}), '[]'::jsonb)`;

/** The answers that belong to a row of `event_rsvps`. */
export const rsvpAnswers = sql<QuestionAnswer[]>`coalesce((
  select jsonb_agg(jsonb_build_object('question_id', a.question_id, 'answer', a.answer) order by q.position, q.id)
  from ${event_answers} as a join ${event_questions} as q on q.id = a.question_id
  where a.event_id = ${event_rsvps.event_id} and a.user_id = ${event_rsvps.user_id}), '[]'::jsonb)`;

interface Whose {
  event_id: string;
  user_id: string;
}

/** Stores answers. 400 for a question of another event, and for an answer that is none of the choices. Store the RSVP first. */
export function storeAnswers(t: Plan, { event_id, user_id }: Whose, answers: AnswersInput): void {
  if (answers.length === 0) return;
  const given = sql`jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as given (question_id uuid, answer text)`;
  const fits = sql`case ${event_questions.kind} when 'choice' then given.answer = any (${event_questions.choices})
    when 'yes_no' then given.answer in ('yes', 'no') else true end`;
  t.valid(
    sql`not exists (select from ${given} left join ${event_questions} on ${event_questions.id} = given.question_id
      and ${eq(event_questions.event_id, event_id)} where (${event_questions.id} is not null and ${fits}) is not true)`,
    "answers",
    "must each be one of the choices of a question of this event",
  );
  t.effect(
    query.execute(sql`
      insert into ${event_answers} (question_id, event_id, user_id, answer)
      select question_id, ${event_id}::uuid, ${user_id}::uuid, answer from ${given}
      on conflict (question_id, user_id) do update set answer = excluded.answer`),
  );
}

/**
 * 400 unless a person answered every question that the event requires, before or with what is `given` now.
 *
 * @param excused whether none is required of them
 */
export function requireAnswers(t: Plan, { event_id, user_id }: Whose, given: AnswersInput, excused: SQL): void {
  const given_ids = sql.param(given.map(({ question_id }) => question_id));
  const missing: SQL = sql`(
    select ${event_questions.question} from ${event_questions}
    where ${and(eq(event_questions.event_id, event_id), event_questions.required)}
      and ${event_questions.id} <> all (${given_ids}::uuid[]) and not exists (
      select from ${event_answers} where ${event_answers.question_id} = ${event_questions.id}
        and ${eq(event_answers.user_id, user_id)})
    order by ${event_questions.position}, ${event_questions.id} limit 1)`;
  t.valid(sql`(${excused} or ${missing} is null)`, "answers", sql`'must answer: ' || ${missing}`);
}

/** Forgets what people answered to the questions who do not come: what belongs to the rows of `event_rsvps` of which `which` holds. */
export const forgetAnswers = (t: Plan, which: SQL): void =>
  t.effect(
    query.delete(event_answers).where(
      sql`(${event_answers.event_id}, ${event_answers.user_id}) in (
          select ${event_rsvps.event_id}, ${event_rsvps.user_id} from ${event_rsvps} where ${which})`,
    ),
  );
