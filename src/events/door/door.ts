import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { unsign } from "../../access/signatures.ts";
import { Handle, type Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { selectBranding } from "../../organisation/organisation.ts";
import { door_links, event_rsvps, events } from "../../tables/events.ts";
import { sortName, users } from "../../tables/people.ts";
import { markByCode, markedAt, showsCode } from "../admin/mark.ts";
import {
  type ByDoorToken,
  type DoorCheckIn,
  type DoorList,
  type DoorScan,
  doorColumns,
  doorPersonColumns,
  type ScannedPerson,
  type WalkIn,
} from "./schemas.ts";
import { DOOR_CLOSED, type Door, guardDoorOpen, isDoorLink } from "./window.ts";

async function readToken({ settings }: Context, { token }: ByDoorToken): Promise<Door> {
  const [event_id, link_id] = (await unsign(settings, "door", token))?.split(".") ?? [];
  if (!event_id || !link_id) throw new Refusal(...DOOR_CLOSED);
  return { event_id, link_id };
}

const isKnown = and(eq(users.id, event_rsvps.user_id), isNull(users.erased_at));

function readDoor(t: Plan, { settings }: Context, door: Door, scanned: Handle<ScannedPerson | null>): Handle<DoorList> {
  const event = t.one(query.select(doorColumns(door)).from(events).where(eq(events.id, door.event_id)));
  const people = t.many(
    query
      .select(doorPersonColumns)
      .from(event_rsvps)
      .innerJoin(users, isKnown)
      .where(and(eq(event_rsvps.event_id, door.event_id), eq(event_rsvps.rsvp_status, "yes")))
      .orderBy(sortName(users), users.id),
  );
  const organisation = t.one(selectBranding(settings));
  return t.combine({ event, scanned, people, organisation }, ({ event, scanned, ...rest }) => ({
    ...event,
    just_checked_in: scanned,
    ...rest,
  }));
}

const NOBODY: Handle<null> = new Handle(() => null);

/** Whoever is marked as present and has this code. `again`: they were already, so the mark tells since when. */
function readScanned(t: Plan, { event_id }: Door, code: string, again: Handle<boolean>): Handle<ScannedPerson | null> {
  const { attended: _, ...columns } = doorPersonColumns;
  const person = t.maybe(
    query
      .select({ ...columns, already_at: markedAt })
      .from(event_rsvps)
      .innerJoin(users, isKnown)
      .where(and(showsCode(event_id, code), event_rsvps.attended)),
  );
  return t.combine(
    { person, again },
    ({ person, again }) => person && { ...person, already_at: again ? person.already_at : null },
  );
}

/** Does something at the door that a link opens, and reads the list as it is then. 404 if the link does not work now. */
async function atDoor(
  ctx: Context,
  link: ByDoorToken,
  act: (t: Plan, door: Door) => Handle<ScannedPerson | null>,
): Promise<DoorList> {
  const door = await readToken(ctx, link);
  return ctx.transact((t) => {
    guardDoorOpen(t, door);
    return readDoor(t, ctx, door, act(t, door));
  });
}

/** Who has a seat, and who is there. After a scan, it also tells whose code that was. */
export const showDoor = (ctx: Context, link: ByDoorToken, { scanned, again }: DoorScan): Promise<DoorList> =>
  atDoor(ctx, link, (t, door) => (scanned ? readScanned(t, door, scanned, new Handle(() => again)) : NOBODY));

/**
 * Checks somebody in by their code, or undoes it. Repeating changes nothing. 404 if the event has no such code, 409 if the
 * person has no seat.
 */
export const checkInAtDoor = (ctx: Context, link: ByDoorToken, input: DoorCheckIn): Promise<DoorList> =>
  atDoor(ctx, link, (t, door) => {
    const before = markByCode(t, door.event_id, input, null);
    const again = t.combine({ before }, ({ before }) => before !== null);
    return readScanned(t, door, input.code, again);
  });

/** Counts one more person without a seat. `undo` is for pages: see {@link takeBackWalkIn}. */
export const countWalkIn = (ctx: Context, link: ByDoorToken, { undo }: WalkIn): Promise<DoorList> =>
  undo ? takeBackWalkIn(ctx, link) : setWalkIns(ctx, link, sql`${door_links.walk_ins} + 1`);

/** Counts one fewer, of those who were counted with this link. Changes nothing if there are none. */
export const takeBackWalkIn = (ctx: Context, link: ByDoorToken): Promise<DoorList> =>
  setWalkIns(ctx, link, sql`greatest(${door_links.walk_ins} - 1, 0)`);

const setWalkIns = (ctx: Context, link: ByDoorToken, walk_ins: SQL): Promise<DoorList> =>
  atDoor(ctx, link, (t, door) => {
    t.effect(query.update(door_links).set({ walk_ins }).where(isDoorLink(door)));
    return NOBODY;
  });
