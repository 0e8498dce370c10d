import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { dayAfter, dayIn, ZONE } from "./days.ts";
import { hourIn } from "./zones.ts";

/** A time in which a mail is true: from then on, and no longer at `to`. */
interface Span {
  from: Date;
  to: Date;
}

/** A mail that is expected once, in one of its spans. */
interface Expected {
  template: string;
  user_id: string;
  spans: Span[];
}

export interface Received {
  template: string;
  user_id: string;
  at: Date;
  /** Whether an earlier attempt failed. */
  retried: boolean;
}

/** Mulberry32: the same seed gives the same numbers. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A provider that keeps idempotency keys. While it is down it fails, or takes a mail and loses the answer. */
export async function faultyProvider(random: () => number, now: () => Date) {
  const taken = new Map<string, Date>();
  const failed = new Set<string>();
  const state = { down: false, faults: 0 };
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const fault = state.down ? random() : 1;
      const key = String(request.headers["idempotency-key"]);
      if (fault >= 0.4 && !taken.has(key)) taken.set(key, now());
      if (fault < 0.8) {
        failed.add(key);
        state.faults += 1;
        response.writeHead(503).end("{}");
      } else response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ id: key }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, failed, state };
}

const earlier = (one: Date, other: Date) => (one < other ? one : other);

/** What the model expects. A deed may end a span that has begun, or one that has not: then it never comes. */
export class Expectations {
  readonly all: Expected[] = [];

  /** Once within this time. */
  mail(template: string, user_id: string, from: Date, to: Date): Span {
    const span = { from, to };
    this.all.push({ template, user_id, spans: [span] });
    return span;
  }

  /** Once within these times together. */
  mailInOneOf(template: string, user_id: string, spans: Span[]): void {
    this.all.push({ template, user_id, spans });
  }

  readonly #silences: { user_id: string; from: Date; concerns: (template: string) => boolean }[] = [];

  /** From then on somebody gets no such mails: they want none, or none reach them. */
  silence(user_id: string, from: Date, concerns: (template: string) => boolean = () => true): void {
    this.#silences.push({ user_id, from, concerns });
  }

  /** All that is expected in spite of that. */
  heard(): Expected[] {
    const silences = Map.groupBy(this.#silences, ({ user_id }) => user_id);
    return this.all.map(({ template, user_id, spans }) => {
      const ends = (silences.get(user_id) ?? []).filter(({ concerns }) => concerns(template)).map(({ from }) => from);
      return { template, user_id, spans: spans.map(({ from, to }) => ({ from, to: ends.reduce(earlier, to) })) };
    });
  }

  /** Each is true until the next one is due, or until something ends all of them. */
  series(template: string, user_id: string, dues: Date[], ends: Date): Span[] {
    return dues.map((due, index) => this.mail(template, user_id, due, earlier(ends, dues[index + 1] ?? ends)));
  }
}

/** These go out at any hour. */
const WAITS_FOR_NOTHING = new Set(["event_reminder"]);

/**
 * Every mail is within its time, none came twice, none in quiet hours, and each that was true at an hour in which everything
 * worked is there.
 *
 * @param calm_days days on which all worked at 17:17 UTC
 * @param zones of those who have their own
 */
export function check(
  expected: Expectations,
  received: Received[],
  { calm_days, end, zones }: { calm_days: Set<string>; end: Date; zones: Map<string, string> },
): void {
  const all = expected.heard();
  const counts = new Map<Expected, number>();
  const byPerson = Map.groupBy(all, ({ template, user_id }) => `${template} ${user_id}`);
  const covers = ({ spans }: Expected, at: Date) => spans.some(({ from, to }) => from <= at && at < to);
  const stray = received.filter(({ template, user_id, at }) => {
    const fitting = (byPerson.get(`${template} ${user_id}`) ?? []).filter((each) => covers(each, at));
    const found = fitting.find((each) => !counts.has(each)) ?? fitting[0];
    if (found) counts.set(found, (counts.get(found) ?? 0) + 1);
    return !found;
  });
  expect(stray, "moot or early").toEqual([]);
  expect(
    [...counts].filter(([, count]) => count > 1),
    "twice",
  ).toEqual([]);
  // Attempts after one that failed must end within the 24 hours for which the provider remembers a key.
  const woken = received.filter(({ template, user_id, at, retried }) => {
    const shown = hourIn(zones.get(user_id) ?? ZONE, at);
    return !retried && !WAITS_FOR_NOTHING.has(template) && (shown < 8 || shown >= 21);
  });
  expect(woken, "in quiet hours").toEqual([]);
  const missed = all.filter((each) => {
    if (counts.has(each)) return false;
    return each.spans.some(({ from, to }) => {
      for (let day = dayIn(from, "UTC"); day <= dayIn(to, "UTC") && day <= dayIn(end, "UTC"); day = dayAfter(day, 1)) {
        const worked = new Date(`${day}T17:17:00Z`);
        if (calm_days.has(day) && from <= worked && worked < to && worked < end) return true;
      }
      return false;
    });
  });
  expect(missed, "missed").toEqual([]);
}
