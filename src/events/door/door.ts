import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { unsign } from "../../access/signatures.ts";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { selectBranding } from "../../organisation/organisation.ts";
import { door_links, event_rsvps, events } from "../../tables/events.ts";
import { sortName, users } from "../../tables/people.ts";
import { markByCode } from "../admin/check-in.ts";
import { type ByDoorToken, type DoorCheckIn, type DoorList, doorColumns, doorPersonColumns } from "./schemas.ts";
import { DOOR_CLOSED, type Door, guardDoorOpen, isDoorLink } from "./window.ts";

async function readToken({ settings }: Context, { token }: ByDoorToken): Promise<Door> {
  const [event_id, link_id] = (await unsign(settings, "door", token))?.split(".") ?? [];
  if (!event_id || !link_id) throw new Refusal(...DOOR_CLOSED);
  return { event_id, link_id };
}

function readDoor(t: Plan, { settings }: Context, { event_id }: Door): Handle<DoorList> {
  const event = t.one(query.select(doorColumns).from(events).where(eq(events.id, event_id)));
  const people = t.many(
    query
      .select(doorPersonColumns)
      .from(event_rsvps)
      .innerJoin(users, and(eq(users.id, event_rsvps.user_id), isNull(users.erased_at)))
      .where(and(eq(event_rsvps.event_id, event_id), eq(event_rsvps.rsvp_status, "yes")))
      .orderBy(sortName(users), users.id),
  );
  const organisation = t.one(selectBranding(settings));
  return t.combine({ event, people, organisation }, ({ event, ...rest }) => ({ ...event, ...rest }));
}

/** Does something at the door that a link opens, and reads the list as it is then. 404 if the link does not work now. */
async function atDoor(
  ctx: Context,
  link: ByDoorToken,
  act: (t: Plan, door: Door) => void = () => {},
): Promise<DoorList> {
  const door = await readToken(ctx, link);
  return ctx.transact((t) => {
    guardDoorOpen(t, door);
    act(t, door);
    return readDoor(t, ctx, door);
  });
}

/** Who has a seat, and who is there. */
export const showDoor = (ctx: Context, link: ByDoorToken): Promise<DoorList> => atDoor(ctx, link);

/**
 * Checks somebody in by their code, or undoes it. Repeating changes nothing. 404 if the event has no such code, 409 if the
 * person has no seat.
 */
export const checkInAtDoor = (ctx: Context, link: ByDoorToken, input: DoorCheckIn): Promise<DoorList> =>
  atDoor(ctx, link, (t, { event_id }) => markByCode(t, event_id, input, null));

/** Counts one more person without a seat. */
export const countWalkIn = (ctx: Context, link: ByDoorToken): Promise<DoorList> =>
  atDoor(ctx, link, (t, door) => setWalkIns(t, door, sql`${door_links.walk_ins} + 1`));

/** Counts one fewer, of those who were counted with this link. Changes nothing if there are none. */
export const takeBackWalkIn = (ctx: Context, link: ByDoorToken): Promise<DoorList> =>
  atDoor(ctx, link, (t, door) => setWalkIns(t, door, sql`greatest(${door_links.walk_ins} - 1, 0)`));

const setWalkIns = (t: Plan, door: Door, walk_ins: SQL): void =>
  t.effect(query.update(door_links).set({ walk_ins }).where(isDoorLink(door)));
