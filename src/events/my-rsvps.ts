import { and, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPage, Paging, pageOf } from "../http/pagination.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { SELECTIONS } from "./public.ts";
import { EventFacts, factColumns, MyRsvp, myRsvp, When } from "./schemas.ts";

/** An event that I answered. */
export const AnsweredEvent = EventFacts.extend({ my_rsvp: MyRsvp }).meta({ id: "AnsweredEvent" });

export const MyRsvpFilters = Paging.extend({ when: When.default("upcoming") });
export type MyRsvpFilters = z.infer<typeof MyRsvpFilters>;

export const MyRsvpPage = pageOf(AnsweredEvent).meta({ id: "MyRsvpPage" });
export type MyRsvpPage = z.infer<typeof MyRsvpPage>;

/** The published events that I answered, and those that I came to. */
export function listMyRsvps(
  { transact, user_id }: SignedInContext,
  { when, ...paging }: MyRsvpFilters,
): Promise<MyRsvpPage> {
  const { filter, order } = SELECTIONS[when];
  const select = () =>
    query
      .select({ ...factColumns(user_id), my_rsvp: sql<MyRsvp>`${myRsvp}` })
      .from(event_rsvps)
      .innerJoin(events, eq(events.id, event_rsvps.event_id));
  return transact((t) =>
    listPage(t, order, select, paging, and(eq(event_rsvps.user_id, user_id), events.published, filter)),
  );
}
