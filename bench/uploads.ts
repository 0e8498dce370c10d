import { setTimeout as sleep } from "node:timers/promises";
import { call } from "../test/harness/client.ts";
import { pdfOf, unwrittenReport } from "../test/harness/documents.ts";
import { photoOfBytes } from "../test/harness/images.ts";
import { person, volunteer } from "../test/harness/people.ts";
import { upload } from "../test/harness/photos.ts";
import { startWorker } from "../test/harness/platform.ts";
import { workerWithTransformations } from "../test/harness/transformations.ts";
import { BUDGETS } from "./budgets.ts";
import { startStoring } from "./floor/workers.ts";
import { printTable } from "./table.ts";
import { timed } from "./times.ts";
import { withItsWorkerd } from "./workerd.ts";

const LARGEST = 50 * 1024 * 1024;
const SIZES = [5_000_000, 20_000_000, LARGEST];
const AT_ONCE = [1, 4];
const ROUNDS = 3;

type Bytes = Uint8Array<ArrayBuffer>;
type Sent = Pick<Response, "status">;

/** What is uploaded, and how. */
interface Kind {
  name: string;
  start(): ReturnType<typeof startWorker>;
  ofBytes(bytes: number): Bytes | Promise<Bytes>;
  send(url: string, content: Bytes): Promise<Sent>;
  /** What the smallest Worker does that puts the same bytes into the same R2, in the same way. */
  floor(url: string, content: Bytes): Promise<Sent>;
}

/** Stores the bytes under a new key. Reads them again without keeping them, and deletes them, if they are to be `read`. */
async function store(url: string, body: Bytes, { read }: { read: boolean }): Promise<Sent> {
  const key = `${url}/${crypto.randomUUID()}`;
  const answer = await fetch(key, { method: "PUT", body });
  await answer.text();
  if (!read) return answer;
  for await (const _ of (await fetch(key)).body ?? []);
  await (await fetch(key, { method: "DELETE" })).text();
  return answer;
}

const photos: Kind = {
  name: "a photo",
  start: workerWithTransformations,
  ofBytes: photoOfBytes,
  send: async (url, photo) => upload(await person(), photo, { url }),
  // What is small goes to Images without R2. What is large waits in R2, where Images reads it.
  floor: async (url, photo) =>
    photo.byteLength > 20_000_000 ? store(url, photo, { read: true }) : fetch(url, { method: "DELETE" }),
};

const documents: Kind = {
  name: "a document",
  start: startWorker,
  ofBytes: pdfOf,
  async send(url, body) {
    const { token } = await volunteer("financials.edit");
    const path = `/api/admin/financials/${await unwrittenReport()}/file`;
    return call("PUT", path, { url, token, body, headers: { "Content-Type": "application/pdf" } });
  },
  floor: (url, document) => store(url, document, { read: false }),
};

/** What uploads add to workerd's memory at most, in MiB. */
export interface UploadFigures {
  name: string;
  /** One at a time, with what the local R2 takes. */
  one: number;
  /** Four at a time, beyond the floor. */
  four: number;
}

/**
 * How much memory uploads of photos and of documents add to a dedicated workerd, and how much the smallest Worker adds that
 * puts the same bytes into R2. The local R2 runs in the same process, on Cloudflare it does not. Images runs elsewhere.
 */
export async function measureUploads(): Promise<UploadFigures[]> {
  const figures: UploadFigures[] = [];
  for (const kind of [photos, documents]) figures.push(await measureKind(kind));
  return figures;
}

interface Round {
  size: number;
  at_once: number;
  added: number;
  ms: number;
}

async function measureKind({ name, start, ofBytes, send, floor }: Kind): Promise<UploadFigures> {
  const contents = await Promise.all(SIZES.map(async (size) => ofBytes(size)));
  const ours = await measureWorker(start, contents, send);
  const smallest = await measureWorker(startStoring, contents, floor);
  const rows = ours.map((row, index) => ({ ...row, floor: smallest[index]?.added ?? Number.NaN }));
  const most = (times: number, figure: (row: (typeof rows)[number]) => number) =>
    Math.max(...rows.filter(({ at_once }) => at_once === times).map(figure));
  const one = most(1, ({ added }) => added);
  const four = most(4, ({ added, floor }) => added - floor);
  printTable(
    `Memory of workerd, MiB: the upload of ${name} adds at most ${one.toFixed(0)} (budget ${BUDGETS.upload_memory_mib}), four at a time ${four.toFixed(0)} beyond the floor (budget ${BUDGETS.uploads_memory_mib})`,
    ["size, MB", "at a time", "added", "floor", "beyond", "all answered, ms"],
    rows.map(({ size, at_once, added, floor, ms }) => [
      String(Math.floor(size / 1e6)),
      String(at_once),
      ...[added, floor, added - floor, ms].map((figure) => figure.toFixed(0)),
    ]),
  );
  return { name, one, four };
}

/** The most that uploads of each size, one and four at a time, add to the memory of a Worker. */
async function measureWorker(
  start: () => Promise<Pick<Awaited<ReturnType<typeof startStoring>>, "url" | "bucket" | "stop">>,
  contents: readonly Bytes[],
  send: (url: string, content: Bytes) => Promise<Sent>,
): Promise<Round[]> {
  const { started, workerd } = await withItsWorkerd(start);
  const sent = async (content: Bytes) => {
    const { status } = await send(started.url, content);
    if (status !== 200) throw new Error(`The upload responded with ${status}`);
  };
  // A warm-up: the code is compiled, and the local R2 has taken the memory that it takes for four times 50 MB.
  const largest = contents.at(-1) ?? new Uint8Array();
  await sent(contents[0] ?? largest);
  const bucket = await started.bucket("PHOTOS");
  await Promise.all(AT_ONCE.flatMap((times) => Array.from({ length: times }, (_, n) => bucket.put(`${n}`, largest))));
  const most: Round[] = [];
  for (const content of contents)
    for (const at_once of AT_ONCE) {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await sleep(2000);
        await workerd.forgetPeak();
        const before = await workerd.memoryMib();
        const { ms } = await timed(() => Promise.all(Array.from({ length: at_once }, () => sent(content))));
        rounds.push({ size: content.byteLength, at_once, added: (await workerd.peakMib()) - before, ms });
      }
      most.push(rounds.reduce((a, b) => (b.added > a.added ? b : a)));
    }
  await started.stop();
  return most;
}
