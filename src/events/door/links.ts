import { and, eq, isNull, sql } from "drizzle-orm";
import { sign } from "../../access/signatures.ts";
import { query } from "../../database/query.ts";
import type { Settings } from "../../env.ts";
import type { SignedInContext } from "../../http/context.ts";
import { links } from "../../http/frontend-links.ts";
import { listPage, newestFirst, type Paging } from "../../http/pagination.ts";
import type { Message } from "../../http/schemas.ts";
import { door_links, events } from "../../tables/events.ts";
import { guardEventExists } from "../admin/rsvps.ts";
import { guardNotCancelled, lockEvent } from "../find.ts";
import { type DoorLink, type DoorLinkOf, type DoorLinkPage, doorLinkColumns, type NewDoorLink } from "./schemas.ts";
import { isDoorLink } from "./window.ts";

/** A link with its address, unless it was revoked. The address is never stored. */
async function withAddress(settings: Settings, event_id: string, link: Omit<DoorLink, "url">): Promise<DoorLink> {
  const token = link.revoked_at ? null : await sign(settings, "door", `${event_id}.${link.id}`);
  return { ...link, url: token && links.door(settings, token) };
}

const selectDoorLinks = () =>
  query.select(doorLinkColumns).from(door_links).innerJoin(events, eq(events.id, door_links.event_id));

/** A page of the door links of an event, also those that were revoked. 404 without such an event. */
export async function listDoorLinks(ctx: SignedInContext, event_id: string, paging: Paging): Promise<DoorLinkPage> {
  const { items, ...page } = await ctx.transact((t) => {
    guardEventExists(t, event_id);
    return listPage(t, newestFirst(door_links), selectDoorLinks, paging, eq(door_links.event_id, event_id));
  });
  return { ...page, items: await Promise.all(items.map((link) => withAddress(ctx.settings, event_id, link))) };
}

/** Makes a link for helpers without an account. 404 without such an event, 409 if it is canceled. */
export async function createDoorLink(
  ctx: SignedInContext,
  event_id: string,
  { label }: NewDoorLink,
): Promise<DoorLink> {
  const id = crypto.randomUUID();
  const link = await ctx.transact((t) => {
    lockEvent(t, event_id);
    guardNotCancelled(t, event_id);
    t.effect(query.insert(door_links).values({ id, event_id, label, created_by: ctx.user_id }));
    return t.one(selectDoorLinks().where(eq(door_links.id, id)));
  });
  return withAddress(ctx.settings, event_id, link);
}

/** Makes a link show nothing from now on. 404 if the event has no such link. Repeating changes nothing. */
export async function revokeDoorLink(ctx: SignedInContext, { id: event_id, link_id }: DoorLinkOf): Promise<Message> {
  const link = isDoorLink({ event_id, link_id });
  await ctx.transact((t) => {
    t.guard(
      sql`exists (select from ${door_links} where ${link})`,
      404,
      "door_link_not_found",
      "This event has no such link.",
    );
    t.effect(
      query
        .update(door_links)
        .set({ revoked_at: sql`now()`, revoked_by: ctx.user_id })
        .where(and(link, isNull(door_links.revoked_at))),
    );
  });
  return { message: "The link shows nothing anymore." };
}
