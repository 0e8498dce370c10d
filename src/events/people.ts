import { and, eq, isNull, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPage, type Order, type Paging, pageOf } from "../http/pagination.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { fullNameOf, sortName, users } from "../tables/people.ts";
import { guardPublished } from "./find.ts";

/** Somebody who comes, and said that members may see it. A name, and nothing that leads to more. */
const Comer = z.object({ name: z.string().describe("The name that they go by") }).meta({ id: "Comer" });

export const ComerPage = pageOf(Comer).meta({ id: "ComerPage" });
export type ComerPage = z.infer<typeof ComerPage>;

const byNameThenLine: Order<{ sort_name: string; line_number: number }> = {
  name: "name",
  descending: false,
  keys: [
    { expression: sortName(users), type: "text", of: ({ sort_name }) => sort_name },
    { expression: sql`${event_rsvps.line_number}`, type: "integer", of: ({ line_number }) => String(line_number) },
  ],
};

/**
 * A page of those who come and let members see it, by name. Nobody once the event is over or canceled: they agreed to be seen
 * coming, not to be remembered. 404 for a draft.
 */
export async function listComers(ctx: SignedInContext, event_id: string, paging: Paging): Promise<ComerPage> {
  const select = () =>
    query
      .select({ name: fullNameOf(users), sort_name: sortName(users), line_number: event_rsvps.line_number })
      .from(event_rsvps)
      .innerJoin(events, eq(events.id, event_rsvps.event_id))
      .innerJoin(users, and(eq(users.id, event_rsvps.user_id), isNull(users.erased_at)));
  const shown = and(
    eq(event_rsvps.event_id, event_id),
    eq(event_rsvps.rsvp_status, "yes"),
    event_rsvps.show_name,
    isNull(events.cancelled_at),
    sql`${events.end_at} > now()`,
  );
  const { items, ...page } = await ctx.transact((t) => {
    guardPublished(t, event_id);
    return listPage(t, byNameThenLine, select, paging, shown);
  });
  return { ...page, items: items.map(({ name }) => ({ name })) };
}
