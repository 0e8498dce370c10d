import { and, eq, notInArray, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Id, Line } from "../../http/schemas.ts";
import { event_questions } from "../../tables/events.ts";
import { guardNotCancelled, lockEvent } from "../find.ts";
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
  .strictObject({ questions: z.array(QuestionInput).max(20).describe("All questions, in order") })
  .meta({ id: "QuestionsInput" });
export type QuestionsInput = z.infer<typeof QuestionsInput>;

/**
 * Replaces the questions of an event. One that is left out is deleted, with its answers. 400 for the id of another event's
 * question, 404 without such an event, 409 if it is canceled.
 */
export async function setQuestions(
  ctx: SignedInContext,
  event_id: string,
  input: QuestionsInput,
): Promise<ManagedEvent> {
  const questions = input.questions.map((question, position) => ({
    ...question,
    id: question.id ?? crypto.randomUUID(),
    event_id,
    position,
  }));
  const ids = questions.map(({ id }) => id);
  const of_event = eq(event_questions.event_id, event_id);
  return ctx.transact((t) => {
    lockEvent(t, event_id);
    guardNotCancelled(t, event_id);
    t.effect(
      query
        .delete(event_questions)
        .where(and(of_event, ids.length > 0 ? notInArray(event_questions.id, ids) : undefined)),
    );
    if (questions.length > 0)
      t.effect(
        query
          .insert(event_questions)
          .values(questions)
          .onConflictDoUpdate({
            target: event_questions.id,
            set: {
              position: sql`excluded.position`,
              question: sql`excluded.question`,
              purpose: sql`excluded.purpose`,
              kind: sql`excluded.kind`,
              choices: sql`excluded.choices`,
              required: sql`excluded.required`,
            },
            setWhere: of_event,
          }),
      );
    t.valid(
      sql`(select count(*) from ${event_questions} where ${of_event}) = ${ids.length}`,
      "questions",
      "must each be new, or one of this event",
    );
    return t.one(selectManagedEvent(ctx, event_id));
  });
}
