import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { expect } from "vitest";
import { call } from "./client.ts";
import { event } from "./events.ts";
import { type Person, person, volunteer } from "./people.ts";
import { sql } from "./platform.ts";

const GUESTS = 2;
const WAITING = 4;

type Step =
  | { does: "answer"; who: number; rsvp_status: "yes" | "no" | "maybe"; guests: number }
  | { does: "withdraw" | "remove" | "promote" | "add"; who: number }
  | { does: "resize"; capacity: number };

const who = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant("answer" as const),
      who,
      rsvp_status: fc.constantFrom("yes" as const, "yes" as const, "yes" as const, "no" as const, "maybe" as const),
      guests: fc.nat({ max: GUESTS }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("withdraw", "remove", "promote", "add"), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant("resize" as const), capacity: fc.integer({ min: 1, max: 6 }) }),
  },
);

const history = fc.record({
  /** What happens at the same time, one after another. */
  rounds: fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
  /** Shortly before the start, nobody moves up by themselves: those who wait are told, and claim the seat with a yes. */
  late: fc.boolean(),
});

/** A change of an answer, or of the capacity. Written by triggers while the event is locked: in the order of the commits. */
interface Change {
  transaction: string;
  user_id: string | null;
  before: string | null;
  after: string | null;
  seats: number;
  line: string | null;
  /** The person was told that a seat is free. */
  told: boolean | null;
  /** The person answered in this very transaction, rather than being promoted by it. */
  answered: boolean;
  capacity: number | null;
}

/** Records what becomes of an event's seats, and each mail about it: whoever gives up a seat loses the mail that waits. */
async function recorded(event_id: string) {
  const name = `seats_${randomUUID().replaceAll("-", "")}`;
  await sql(`create table ${name} (n bigint generated always as identity, transaction xid8 default pg_current_xact_id(),
    user_id uuid, before rsvpstatus, after rsvpstatus, seats int, line bigint, told boolean, answered boolean, capacity int)`);
  await sql(`create table ${name}_mails (user_id uuid, template text)`);
  await sql(`create function ${name}() returns trigger language plpgsql security definer as $$
    begin
      if tg_table_name = 'emails' then
        insert into ${name}_mails values (new.user_id, new.template);
      elsif tg_table_name = 'events' then
        insert into ${name} (capacity) values (new.capacity);
      elsif tg_op = 'DELETE' then
        insert into ${name} (user_id, before, answered) values (old.user_id, old.rsvp_status, true);
      elsif tg_op = 'INSERT' then
        insert into ${name} (user_id, after, seats, line, answered)
        values (new.user_id, new.rsvp_status, 1 + new.guests, new.line_number, true);
      else
        insert into ${name} (user_id, before, after, seats, line, told, answered)
        values (new.user_id, old.rsvp_status, new.rsvp_status, 1 + new.guests, new.line_number, new.told_at is not null,
          -- An answer is an upsert. Its time does not tell: two may come in the same millisecond.
          current_query() ilike 'insert%');
      end if;
      return null;
    end $$`);
  const EVENT: Record<string, string> = { events: "id", event_rsvps: "event_id", emails: "data->>'event_id'" };
  const on = (table: string, what: string, row: string) =>
    sql(`create trigger ${name}${row} after ${what} on ${table} for each row
      when (${row}.${EVENT[table]} = '${event_id}') execute function ${name}()`);
  const off = (table: string, row: string) => sql(`drop trigger ${name}${row} on ${table}`);
  await on("event_rsvps", "insert or update", "new");
  await on("event_rsvps", "delete", "old");
  await on("events", "update of capacity", "new");
  await on("emails", "insert", "new");
  return {
    changes: () =>
      sql<Change & Record<string, unknown>>(
        `select transaction::text, user_id, before, after, seats, line::text, told, answered, capacity from ${name} order by n`,
      ),
    mailsTo: (user_id: string) =>
      sql<{ template: string }>(`select template from ${name}_mails where user_id = $1`, [user_id]),
    async forget() {
      // One table at a time: other tests answer events meanwhile, and a transaction that waits for both can deadlock with them.
      await off("event_rsvps", "new");
      await off("event_rsvps", "old");
      await off("events", "new");
      await off("emails", "new");
      await sql(`drop function ${name}()`);
      await sql(`drop table ${name}, ${name}_mails`);
    },
  };
}

interface Party {
  status: string;
  seats: number;
  line: bigint;
  told: boolean;
}

type Counts = Map<string, number>;

const countUp = (counts: Counts, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Replays what happened, and checks each transaction. Returns how often each person got a seat, moved up, and was told. */
function replay(changes: Change[], capacity: number, late: boolean) {
  const parties = new Map<string, Party>();
  const got_seat: Counts = new Map();
  const moved_up: Counts = new Map();
  const was_told: Counts = new Map();
  let limit = capacity;
  const taken = () =>
    [...parties.values()].filter(({ status }) => status === "yes").reduce((sum, { seats }) => sum + seats, 0);
  const apply = ({ user_id, before, after, seats, line, told }: Change) => {
    if (user_id === null) return;
    if (after === "yes" && before !== "yes") countUp(got_seat, user_id);
    if (told && after === "waitlisted" && !parties.get(user_id)?.told) countUp(was_told, user_id);
    if (after === null) parties.delete(user_id);
    else parties.set(user_id, { status: after, seats, line: BigInt(line ?? 0), told: told === true });
  };
  for (const [, all] of Map.groupBy(changes, ({ transaction }) => transaction)) {
    for (const change of all) if (change.user_id === null && change.capacity !== null) limit = change.capacity;
    const promoted = all.filter(
      (change) => change.before === "waitlisted" && change.after === "yes" && !change.answered,
    );
    for (const change of all) if (!promoted.includes(change)) apply(change);
    // One statement promotes several people, and tells the trigger in any order.
    for (const change of promoted.toSorted((a, b) => Number(BigInt(a.line ?? 0) - BigInt(b.line ?? 0)))) {
      const ahead = [...parties.values()].filter(
        ({ status, line }) => status === "waitlisted" && line < BigInt(change.line ?? 0),
      );
      const free = limit - taken();
      // Shortly before the start, a volunteer may choose anybody.
      if (!late) expect(ahead.filter(({ seats }) => seats <= free)).toEqual([]);
      countUp(moved_up, change.user_id ?? "");
      apply(change);
    }
    expect(taken()).toBeLessThanOrEqual(limit);
    const waiting = [...parties.values()].filter(({ status }) => status === "waitlisted");
    expect(waiting.length).toBeLessThanOrEqual(WAITING);
    expect(waiting.filter(({ seats, told }) => seats <= limit - taken() && !(late && told))).toEqual([]);
  }
  return { got_seat, moved_up, was_told };
}

/**
 * Lets people answer, withdraw and be promoted, and volunteers change the capacity, many at the same time. After each
 * transaction, nobody has a seat too many, nobody waits who would fit, and nobody was passed over. Shortly before the start,
 * nobody waits who would fit and was not told, and only volunteers move people up. In the end, everybody was written one mail for each
 * seat that they got, and one for each time that they were told.
 */
export async function checkSeatHistories(runs: number): Promise<void> {
  const host = await volunteer("events.rsvps", "events.edit");
  const people = await Promise.all(Array.from({ length: 8 }, () => person()));
  await fc.assert(
    fc.asyncProperty(history, async ({ rounds, late }) => {
      const capacity = 3;
      const id = await event({
        capacity,
        guests_limit: GUESTS,
        waiting_list: true,
        waiting_list_limit: WAITING,
        starts_in: late ? 11 : 24,
      });
      const { changes, mailsTo, forget } = await recorded(id);
      const promoted: Counts = new Map();
      try {
        for (const round of rounds) {
          const answers = await Promise.all(round.map((one) => take(one, id, people, host)));
          for (const [index, { status, text }] of answers.entries()) {
            expect([200, 404, 409], text).toContain(status);
            const one = round[index];
            if (one?.does === "promote" && status === 200) countUp(promoted, people[one.who]?.id ?? "");
          }
        }
        const { got_seat, moved_up, was_told } = replay(await changes(), capacity, late);
        if (late) expect(moved_up).toEqual(promoted);
        else expect(was_told).toEqual(new Map());
        for (const { id: user_id } of people) {
          const mails = await mailsTo(user_id);
          const count = (...templates: string[]) => mails.filter(({ template }) => templates.includes(template)).length;
          expect([count("event_confirmed", "event_seat_given", "event_promoted"), count("event_seat_free")]).toEqual([
            got_seat.get(user_id) ?? 0,
            was_told.get(user_id) ?? 0,
          ]);
        }
      } finally {
        await forget();
      }
    }),
    { numRuns: runs },
  );
}

function take(one: Step, id: string, people: Person[], host: Person) {
  if (one.does === "resize")
    return call("PUT", `/api/admin/events/${id}`, { token: host.token, body: { capacity: one.capacity } });
  const { id: user_id, token } = people[one.who] ?? host;
  const rsvps = `/api/admin/events/${id}/rsvps`;
  switch (one.does) {
    case "answer":
      return call("POST", `/api/events/${id}/rsvp`, {
        token,
        body: { rsvp_status: one.rsvp_status, guests: one.guests },
      });
    case "withdraw":
      return call("DELETE", `/api/events/${id}/rsvp`, { token });
    case "remove":
      return call("DELETE", `${rsvps}/${user_id}`, { token: host.token });
    case "promote":
      return call("POST", `${rsvps}/${user_id}/promote`, { token: host.token });
    case "add":
      return call("POST", rsvps, { token: host.token, body: { user_id } });
  }
}
