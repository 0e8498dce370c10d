import { and, eq, gte, inArray, ne, or } from "drizzle-orm";
import type Stripe from "stripe";
import { many, maybe, query } from "../database/statements.ts";
import { applyOrPark, EVENT_TYPES } from "./apply-event.ts";
import { pages, type Round, seconds } from "./reconcile-round.ts";
import { stripe_events } from "./tables.ts";

/** Stripe takes so many types at a time: https://docs.stripe.com/api/events/list */
const MOST_TYPES = 20;
const TYPES = [EVENT_TYPES.slice(0, MOST_TYPES), EVENT_TYPES.slice(MOST_TYPES)];

const DAY = 86_400_000;

/** Applies the events that never came, or were parked, the oldest first; day by day, so that it can go on where it was. */
export async function applyMissedEvents(round: Round, after: string | null): Promise<boolean> {
  const { ctx, until } = round;
  for (let from = after ? new Date(after) : round.since; from < until; from = new Date(from.getTime() + DAY)) {
    const day = from.toISOString();
    if (!round.goesOn("events", day)) return false;
    const to = Math.min(from.getTime() + DAY, until.getTime() + 1000);
    const created = { gte: seconds(from), lt: Math.ceil(to / 1000) };
    const missed: Stripe.Event[] = [];
    for (const types of TYPES)
      for await (const page of pages((paging) => ctx.stripe.events.list({ ...paging, created, types })))
        missed.push(...(await notYetApplied(round, page)));
    for (const event of missed.reverse().sort((one, other) => one.created - other.created)) {
      if (!round.goesOn("events", day)) return false;
      await round.attempt("event", event.id, () => apply(round, event));
    }
  }
  return true;
}

/** What stays parked is tried once in a round: it would hold up all that comes after it. */
async function notYetApplied({ ctx, until }: Round, page: Stripe.Event[]): Promise<Stripe.Event[]> {
  if (page.length === 0) return [];
  const ids = page.map(({ id }) => id);
  const [known] = await ctx.transact(
    many(
      query
        .select({ id: stripe_events.id })
        .from(stripe_events)
        .where(
          and(
            inArray(stripe_events.id, ids),
            or(ne(stripe_events.status, "parked"), gte(stripe_events.updated_at, until.toISOString())),
          ),
        ),
    ),
  );
  const settled = new Set(known.map(({ id }) => id));
  return page.filter(({ id }) => !settled.has(id));
}

async function apply(round: Round, event: Stripe.Event): Promise<void> {
  const { ctx } = round;
  const selectState = () =>
    maybe(
      query
        .select({ type: stripe_events.type, status: stripe_events.status, reason: stripe_events.reason })
        .from(stripe_events)
        .where(eq(stripe_events.id, event.id)),
    );
  const [before] = await ctx.transact(selectState());
  await applyOrPark(ctx, event);
  const [after] = await ctx.transact(selectState());
  if (after?.status === "applied") round.changed("event", event.id, before ?? null, after);
  if (after?.status === "parked") round.concern("event", event.id, after.reason ?? "parked");
}
