import { routes } from "../src/routes.ts";
import { exampleOf, nameOf } from "../test/generated/examples.ts";
import { event } from "../test/harness/events.ts";
import { person } from "../test/harness/people.ts";
import { neon_url, startWorker } from "../test/harness/platform.ts";
import { BUDGETS } from "./budgets.ts";
import { asker, msOf } from "./cpu.ts";
import { startDriver, startEmpty, startLimited, startLogging } from "./floor/workers.ts";
import { type Statements, startRecorder } from "./recorder.ts";
import { printTable } from "./table.ts";
import { median, quantile } from "./times.ts";
import { type Workerd, withItsWorkerd } from "./workerd.ts";

const WARM_UP = 400;
const ROUNDS = 40;
const REQUESTS = 40;

/** Frequent reads, one for each kind of caller: anyone, signed-in people, and volunteers. */
const READ_OFTEN = ["get /api/events", "get /api/auth/me", "get /api/admin/users"];

/** A full page, plus one row that shows there is another page. */
const ROWS = 26;

interface Reading {
  name: string;
  path: string;
  token: string | undefined;
}

/** A Worker and the request to send it. */
interface Subject {
  workerd: Workerd;
  ask(): Promise<void>;
}

/** CPU time per request in each round, in milliseconds. */
type Rounds = number[];

/**
 * CPU time of frequent requests compared with the smallest Worker that could answer them. For `/health` that is an
 * empty Worker. For the others it is the bare driver with the same statements. The rate limit is expensive only in
 * Miniflare, so we measure it separately and subtract it. Returns each request's time as a multiple of the smallest
 * Worker's.
 */
export async function measureFastPath(): Promise<{ name: string; ratio: number; budget: number }[]> {
  await using started = new AsyncDisposableStack();
  const start = async (worker: () => Promise<{ url: string; stop(): Promise<unknown> }>) => {
    const { started: running, workerd } = await withItsWorkerd(worker);
    started.defer(async () => void (await running.stop()));
    return (request?: { path: string; token?: string | undefined }): Subject => ({
      workerd,
      ask: asker(running.url, request),
    });
  };
  const readings = await arrange();
  const statements = await record(readings);
  const driver = await start(() => startDriver(statements));
  const ours = await start(startWorker);
  const [empty, limited, logging, health, ...reads] = await inTurns([
    (await start(startEmpty))(),
    (await start(startLimited))(),
    (await start(startLogging))(),
    ours({ path: "/health" }),
    ...readings.flatMap(({ path, token }) => [driver({ path }), ours({ path, token })]),
  ]);
  if (!empty || !limited || !logging || !health) throw new Error("A measurement is missing");

  const limit = limited.map((ms, round) => ms - at(empty, round));
  const figures = [
    { name: "get /health", floor: empty, all: health, ...BUDGETS.health_over_empty },
    ...readings.map(({ name }, index) => {
      const [floor = [], all = []] = reads.slice(2 * index);
      return { name, floor, all, ...BUDGETS.route_over_driver };
    }),
  ].map((figure) => {
    const own = figure.all.map((ms, round) => ms - at(limit, round));
    return { ...figure, own, ratios: own.map((ms, round) => ms / at(figure.floor, round)) };
  });

  const ms = (rounds: Rounds) => median(rounds).toFixed(2);
  const times = (rounds: Rounds, floor: Rounds) =>
    median(rounds.map((each, round) => each / at(floor, round))).toFixed(2);
  printTable(
    `CPU time per request, in milliseconds (medians of ${ROUNDS} rounds of ${REQUESTS})`,
    ["request", "floor", "ms", "multiple", "without rate limit", "multiple", "half the rounds", "aim", "budget"],
    [
      ["empty Worker", "", ms(empty)],
      ["with emulated rate limit", ms(empty), ms(limited), times(limited, empty)],
      ["with one log line", ms(empty), ms(logging), times(logging, empty)],
      ...figures.map(({ name, floor, all, own, ratios, aim, budget }) => [
        ...[name, ms(floor), ms(all), times(all, floor), ms(own), ms(ratios)],
        `${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}`,
        ...[aim, budget].map(String),
      ]),
    ],
  );
  return figures.map(({ name, ratios, budget }) => ({ name, ratio: median(ratios), budget }));
}

const at = (rounds: Rounds, round: number) => rounds[round] ?? Number.NaN;

/** Creates a full page of rows for each list, and a person who may read it. */
async function arrange(): Promise<Reading[]> {
  for (let row = 0; row < ROWS; row += 1) await Promise.all([event(), person()]);
  return Promise.all(
    READ_OFTEN.map(async (name) => {
      const route = routes.find((each) => nameOf(each) === name);
      if (!route) throw new Error(`Unknown route: ${name}`);
      // The example's filters would leave rows out.
      return { name, path: route.path, token: (await exampleOf(route)).token };
    }),
  );
}

/** The statements that our Worker sends to the database, by path. */
async function record(readings: Reading[]): Promise<Record<string, Statements>> {
  const recorder = await startRecorder(neon_url);
  const { url, stop } = await startWorker({ NEON_HTTP_ENDPOINT: recorder.endpoint });
  const recorded: Record<string, Statements> = {};
  for (const { name, path, token } of readings) {
    await asker(url, { path, token })();
    const [statements, ...more] = recorder.take();
    if (!statements || more.length > 0) throw new Error(`${name} must make exactly one round trip to the database`);
    recorded[path] = statements;
  }
  await stop();
  await recorder.stop();
  return recorded;
}

/** Measures all subjects in every round, so that other load on the machine affects them equally. */
async function inTurns(subjects: Subject[]): Promise<Rounds[]> {
  for (const { workerd, ask } of subjects) await msOf(workerd, WARM_UP, ask);
  const measured = subjects.map((): Rounds => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, { workerd, ask }] of subjects.entries())
      measured[index]?.push(await msOf(workerd, REQUESTS, ask));
  return measured;
}
