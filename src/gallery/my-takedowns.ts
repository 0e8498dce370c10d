import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPage, type Order, type Paging, pageOf } from "../http/pagination.ts";
import { Id, Instant } from "../http/schemas.ts";
import { events } from "../tables/events.ts";
import { event_galleries, photo_takedowns } from "../tables/gallery.ts";

/** A photo that I took down. */
export const Takedown = z
  .object({
    photo_id: Id,
    event_id: Id.nullable().describe(
      "Null if the photo has since been deleted, and so are `event_title`, `caption` and `taken_at`",
    ),
    event_title: z.string().nullable(),
    caption: z.string().nullable(),
    taken_at: Instant.nullable(),
    takedown_at: Instant.describe("When I asked"),
  })
  .meta({ id: "Takedown" });
export type Takedown = z.infer<typeof Takedown>;

export const TakedownPage = pageOf(Takedown).meta({ id: "TakedownPage" });
export type TakedownPage = z.infer<typeof TakedownPage>;

const latestFirst: Order<Takedown> = {
  name: "takedowns",
  descending: true,
  keys: [
    { expression: sql`${photo_takedowns.created_at}`, type: "timestamptz", of: (row) => row.takedown_at },
    { expression: sql`${photo_takedowns.photo_id}`, type: "uuid", of: (row) => row.photo_id },
  ],
};

const selectTakedowns = () =>
  query
    .select({
      photo_id: photo_takedowns.photo_id,
      event_id: event_galleries.event_id,
      event_title: events.title,
      caption: event_galleries.caption,
      taken_at: event_galleries.taken_at,
      takedown_at: photo_takedowns.created_at,
    })
    .from(photo_takedowns)
    .leftJoin(event_galleries, eq(event_galleries.id, photo_takedowns.photo_id))
    .leftJoin(events, eq(events.id, event_galleries.event_id));

/** A page of the photos that I took down, the latest first. */
export const listMyTakedowns = (ctx: SignedInContext, paging: Paging): Promise<TakedownPage> =>
  ctx.transact((t) => listPage(t, latestFirst, selectTakedowns, paging, eq(photo_takedowns.asked_by, ctx.user_id)));
