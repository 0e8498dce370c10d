import { and, eq, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { Context, SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { listPageWithTotal } from "../../http/pagination.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { EVENT_NOT_FOUND } from "../find.ts";
import { eventMatches, SELECTIONS } from "../public.ts";
import { joinAnswer } from "../schemas.ts";
import { type ManagedEvent, type ManagedEventFilters, type ManagedEventPage, managedEventColumns } from "./schemas.ts";

/** Without an answer: nobody sees their own here. */
const selectEvents = ({ settings }: Pick<Context, "settings">) =>
  query.select(managedEventColumns(settings)).from(events).leftJoin(event_rsvps, joinAnswer(null));

/** Selects one event, as one row. */
export const selectManagedEvent = (ctx: Pick<Context, "settings">, id: string) =>
  selectEvents(ctx).where(eq(events.id, id));

const HAS_STATUS: Record<NonNullable<ManagedEventFilters["status"]>, SQL> = {
  draft: sql`not ${events.published}`,
  published: sql`(${events.published} and ${events.cancelled_at} is null)`,
  cancelled: sql`${events.cancelled_at} is not null`,
};

/** A page of events, with drafts. */
export function listManagedEvents(ctx: SignedInContext, filters: ManagedEventFilters): Promise<ManagedEventPage> {
  const { filter, order } = SELECTIONS[filters.when];
  const matching = and(
    filter,
    filters.status && HAS_STATUS[filters.status],
    filters.series_id ? eq(events.series_id, filters.series_id) : undefined,
    eventMatches(filters),
  );
  return ctx.transact((t) => listPageWithTotal(t, order, () => selectEvents(ctx), filters, matching));
}

/** One event, also a draft. 404 without such an event. */
export const getManagedEvent = (ctx: SignedInContext, id: string): Promise<ManagedEvent> =>
  ctx.transact((t) => t.one(selectManagedEvent(ctx, id), new Refusal(...EVENT_NOT_FOUND)));
