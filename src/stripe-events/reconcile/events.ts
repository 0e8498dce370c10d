import { and, eq, gte, inArray, ne, or } from "drizzle-orm";
import type Stripe from "stripe";
import { query } from "../../database/query.ts";
import { pages } from "../../stripe/client.ts";
import { toSeconds } from "../../stripe/values.ts";
import { stripe_events } from "../../tables/stripe-events.ts";
import { applyOrPark } from "../apply.ts";
import { EVENT_TYPES } from "../event-types.ts";
import type { Round } from "./round.ts";

/** Stripe lists events of at most 20 types at a time: https://docs.stripe.com/api/events/list */
const MOST_TYPES = 20;
const TYPES = [EVENT_TYPES.slice(0, MOST_TYPES), EVENT_TYPES.slice(MOST_TYPES)];

const DAY = 86_400_000;

/** Applies events that never came or are parked, oldest first. It goes day by day, so that a later run can continue. */
export async function applyMissedEvents(round: Round, after: string | null): Promise<boolean> {
  const { ctx, until } = round;
  for (let from = after ? new Date(after) : round.since; from < until; from = new Date(from.getTime() + DAY)) {
    const day = from.toISOString();
    if (!round.continuesAfter("events", day)) return false;
    const to = Math.min(from.getTime() + DAY, until.getTime() + 1000);
    const created = { gte: toSeconds(from), lt: Math.ceil(to / 1000) };
    const missed: Stripe.Event[] = [];
    for (const types of TYPES)
      for await (const page of pages((paging) => ctx.stripe.events.list({ ...paging, created, types })))
        missed.push(...(await notYetApplied(round, page)));
    for (const event of missed.reverse().sort((one, other) => one.created - other.created)) {
      if (!round.continuesAfter("events", day)) return false;
      await round.attempt("event", event.id, () => apply(round, event));
    }
  }
  return true;
}

/** A parked event is tried once in a round. If it stays parked, it must not hold up the events after it. */
async function notYetApplied({ ctx, until }: Round, page: Stripe.Event[]): Promise<Stripe.Event[]> {
  if (page.length === 0) return [];
  const { id, status, updated_at } = stripe_events;
  const ids = page.map((event) => event.id);
  const isDone = or(ne(status, "parked"), gte(updated_at, until.toISOString()));
  const select = query
    .select({ id })
    .from(stripe_events)
    .where(and(inArray(id, ids), isDone));
  const done = new Set((await ctx.transact((t) => t.many(select))).map((event) => event.id));
  return page.filter((event) => !done.has(event.id));
}

async function apply(round: Round, event: Stripe.Event): Promise<void> {
  const { ctx } = round;
  const state = () => ctx.transact((t) => t.maybe(selectState(event.id)));
  const before = await state();
  await applyOrPark(ctx, event);
  const after = await state();
  if (after?.status === "applied") round.recordRepair("event", event.id, before, after);
  if (after?.status === "parked") round.recordConcern("event", event.id, after.reason ?? "parked");
}

const selectState = (id: string) =>
  query
    .select({ type: stripe_events.type, status: stripe_events.status, reason: stripe_events.reason })
    .from(stripe_events)
    .where(eq(stripe_events.id, id));
