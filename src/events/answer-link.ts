import * as z from "zod";
import { unsign } from "../access/signatures.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";

/** The link in a mail about an answer. Mail gateways add parameters to it. */
export const AnswerLink = z.object({ token: z.string().min(1).max(200) });
export type AnswerLink = z.infer<typeof AnswerLink>;

/** Whose answer to which event. */
export interface Answerer {
  event_id: string;
  user_id: string;
}

/**
 * Whose answer to which event the token of a mail is about. With it, people see their ticket, put the event into their
 * calendar, and give up their seat without signing in. 400 unless we made it.
 */
export async function readAnswerLink({ settings }: Pick<Context, "settings">, token: string): Promise<Answerer> {
  const [event_id, user_id] = (await unsign(settings, "cannot_come", token))?.split(".") ?? [];
  if (!event_id || !user_id)
    throw new Refusal(400, "link_not_valid", "This link is not valid. Please sign in to see or change your answer.");
  return { event_id, user_id };
}
