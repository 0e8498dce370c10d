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

/** Read often, and each in its own way: by anybody, by whoever is signed in, by volunteers. */
const READ_OFTEN = ["get /api/events", "get /api/auth/me", "get /api/admin/users"];

/** A full page, and one row that says that there is another. */
const ROWS = 26;

interface Reading {
  name: string;
  path: string;
  token: string | undefined;
}

/** A Worker and what it is asked. */
interface Subject {
  workerd: Workerd;
  ask(): Promise<void>;
}

/** Milliseconds of processor time by request, in each round. */
type Rounds = number[];

/**
 * Processor time of requests that are made often, beside that of the least Worker that could answer them: for `/health` an
 * empty one, for the others the bare driver with the same statements. The rate limit, which only Miniflare makes expensive,
 * is measured apart and taken off. Returns how many times the least each takes.
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
  if (!empty || !limited || !logging || !health) throw new Error("Not everything was measured");

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
    `Processor time by request, milliseconds: medians of ${ROUNDS} rounds of ${REQUESTS}`,
    ["request", "floor", "ms", "times", "less the limit", "times", "half the rounds", "aim", "budget"],
    [
      ["an empty Worker", "", ms(empty)],
      ["with the emulated rate limit", ms(empty), ms(limited), times(limited, empty)],
      ["with a line of log", ms(empty), ms(logging), times(logging, empty)],
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

/** Makes rows for a full page of each list, and somebody who may read it. */
async function arrange(): Promise<Reading[]> {
  for (let row = 0; row < ROWS; row += 1) await Promise.all([event(), person()]);
  return Promise.all(
    READ_OFTEN.map(async (name) => {
      const route = routes.find((each) => nameOf(each) === name);
      if (!route) throw new Error(`There is no route ${name}`);
      // Without the filters of the example.
      return { name, path: route.path, token: (await exampleOf(route)).token };
    }),
  );
}

/** What our Worker sends to the database for each, by path. */
async function record(readings: Reading[]): Promise<Record<string, Statements>> {
  const recorder = await startRecorder(neon_url);
  const { url, stop } = await startWorker({ NEON_HTTP_ENDPOINT: recorder.endpoint });
  const recorded: Record<string, Statements> = {};
  for (const { name, path, token } of readings) {
    await asker(url, { path, token })();
    const [statements, ...more] = recorder.take();
    if (!statements || more.length > 0) throw new Error(`${name} does not make one round trip to the database`);
    recorded[path] = statements;
  }
  await stop();
  await recorder.stop();
  return recorded;
}

/** Asks a few times each, round after round: what else the machine does hits all alike. */
async function inTurns(subjects: Subject[]): Promise<Rounds[]> {
  for (const { workerd, ask } of subjects) await msOf(workerd, WARM_UP, ask);
  const measured = subjects.map((): Rounds => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, { workerd, ask }] of subjects.entries())
      measured[index]?.push(await msOf(workerd, REQUESTS, ask));
  return measured;
}
