import * as z from "zod";
import { startNeon } from "../local/neon/server.ts";
import { call } from "../test/harness/client.ts";
import { doorOf } from "../test/harness/events.ts";
import { person, volunteer } from "../test/harness/people.ts";
import { database, startWorker } from "../test/harness/platform.ts";
import { answerMany, EVENTS, forgetEvents, insertEvents, RSVPS, TITLE } from "./event-rows.ts";
import { type Statements, startRecorder } from "./recorder.ts";
import { printTable } from "./table.ts";
import { median, timed } from "./times.ts";

const RUNS = 15;

/** A list or a detail, by the name that people would give it. */
interface Reading {
  name: string;
  path: string;
  token?: string;
}

export interface ReadingFigures {
  name: string;
  trips: number;
  /** The tables that PostgreSQL reads as a whole for it. */
  whole: string[];
}

/**
 * What the lists and details of events cost among 10,000 events and 500,000 answers: round trips, tables that are read as a
 * whole, and milliseconds.
 */
export async function measureEvents(): Promise<ReadingFigures[]> {
  // The tests' own endpoint keeps plans. Neon makes one for each request, which knows what is searched for.
  const neon = await startNeon({ port: 0 });
  const recorder = await startRecorder(neon.neon_url);
  const worker = await startWorker({ NEON_HTTP_ENDPOINT: recorder.endpoint });
  try {
    const large = await insertEvents();
    const figures: (ReadingFigures & { ms: number; sql_ms: number })[] = [];
    for (const { name, path, token } of await readingsOf(large)) {
      const ask = async () => {
        const answer = await call("GET", path, { url: worker.url, ...(token && { token }) });
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
      };
      await ask();
      recorder.take();
      await ask();
      const recorded = recorder.take();
      const plans = await plansOf(recorded.flat());
      const times: number[] = [];
      for (let run = 0; run < RUNS; run += 1) times.push((await timed(ask)).ms);
      figures.push({
        name,
        trips: recorded.length,
        whole: [...new Set(plans.flatMap(({ whole }) => whole))],
        sql_ms: plans.reduce((sum, { ms }) => sum + ms, 0),
        ms: median(times),
      });
    }
    const [events, rsvps] = [EVENTS, RSVPS].map((count) => count.toLocaleString("en-US"));
    printTable(
      `Events: among ${events}, with ${rsvps} answers (milliseconds of a request: median of ${RUNS})`,
      ["list or detail", "trips", "read as a whole", "SQL, ms", "request, ms"],
      figures.map(({ name, trips, whole, sql_ms, ms }) => [
        name,
        String(trips),
        whole.join(", "),
        sql_ms.toFixed(1),
        ms.toFixed(1),
      ]),
    );
    return figures;
  } finally {
    await worker.stop();
    await recorder.stop();
    await neon.stop();
    await forgetEvents();
  }
}

async function readingsOf(large: string): Promise<Reading[]> {
  const { id, token } = await person();
  await answerMany(id);
  const helper = (await volunteer("events.view", "events.rsvps")).token;
  const { path: door } = await doorOf(large);
  const [from, to] = [30, 60].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
  return [
    { name: "coming, for a stranger", path: "/api/events" },
    { name: "coming, with my answers", path: "/api/events", token },
    { name: "past", path: "/api/events?when=past" },
    { name: "all, a hundred", path: "/api/events?when=all&limit=100" },
    { name: "with a tag", path: "/api/events?tag=bench%207" },
    { name: "in a month", path: `/api/events?from=${from}&to=${to}` },
    { name: "a text that all have", path: "/api/events?search=something" },
    { name: "a text that one has", path: `/api/events?when=all&search=${encodeURIComponent(`${TITLE} 7778`)}` },
    { name: "one, for a stranger", path: `/api/events/${large}` },
    { name: "one, with my answer", path: `/api/events/${large}`, token },
    { name: "its people", path: `/api/events/${large}/people`, token },
    { name: "my answers", path: "/api/members/rsvps?when=all", token },
    { name: "volunteers: coming", path: "/api/admin/events", token: helper },
    { name: "volunteers: all", path: "/api/admin/events?when=all", token: helper },
    { name: "volunteers: drafts", path: "/api/admin/events?status=draft&when=all", token: helper },
    { name: "volunteers: one", path: `/api/admin/events/${large}`, token: helper },
    { name: "volunteers: its answers", path: `/api/admin/events/${large}/rsvps`, token: helper },
    { name: "volunteers: who waits", path: `/api/admin/events/${large}/rsvps?rsvp_status=waitlisted`, token: helper },
    { name: "volunteers: an answer by name", path: `/api/admin/events/${large}/rsvps?search=robin`, token: helper },
    { name: "its door", path: door },
  ];
}

/** A node of PostgreSQL's plan, and those below it. */
const Node = z.object({
  "Node Type": z.string(),
  "Relation Name": z.string().optional(),
  get Plans() {
    return z.array(Node).optional();
  },
});
type Node = z.infer<typeof Node>;

const Explained = z.array(z.object({ Plan: Node, "Execution Time": z.number() })).length(1);

/** The tables that would be slow to read as a whole. */
const LARGE = ["events", "event_rsvps"];

const readAsAWhole = ({ Plans, ...node }: Node): string[] => {
  const name = node["Relation Name"];
  const here = node["Node Type"] === "Seq Scan" && name && LARGE.includes(name) ? [name] : [];
  return [...here, ...(Plans ?? []).flatMap(readAsAWhole)];
};

/** What PostgreSQL does for statements, in one transaction as the Worker runs them. */
async function plansOf(statements: Statements): Promise<{ whole: string[]; ms: number }[]> {
  const client = await database.connect();
  try {
    await client.query("begin");
    const plans: { whole: string[]; ms: number }[] = [];
    for (const { query, params } of statements) {
      const { rows } = await client.query<{ "QUERY PLAN": unknown }>(`explain (analyze, format json) ${query}`, params);
      const [explained] = Explained.parse(rows[0]?.["QUERY PLAN"]);
      if (explained) plans.push({ whole: readAsAWhole(explained.Plan), ms: explained["Execution Time"] });
    }
    return plans;
  } finally {
    await client.query("rollback");
    client.release();
  }
}
