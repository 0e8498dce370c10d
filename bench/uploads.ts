import { setTimeout as sleep } from "node:timers/promises";
import { call } from "../test/harness/client.ts";
import { pdfOf, unwrittenReport } from "../test/harness/documents.ts";
import { photoOfBytes } from "../test/harness/images.ts";
import { person, volunteer } from "../test/harness/people.ts";
import { upload } from "../test/harness/photos.ts";
import { workerWithTransformations } from "../test/harness/transformations.ts";
import { BUDGETS } from "./budgets.ts";
import { printTable } from "./table.ts";
import { timed } from "./times.ts";
import { withItsWorkerd } from "./workerd.ts";

const SIZES_MB = [5, 20, 50];
const AT_ONCE = [1, 4];
const ROUNDS = 3;

type Bytes = Uint8Array<ArrayBuffer>;

/** What is uploaded, and how. */
interface Kind {
  name: string;
  ofBytes(bytes: number): Bytes | Promise<Bytes>;
  /** Uploads it. Returns the status of the answer. */
  send(url: string, content: Bytes): Promise<number>;
}

const photos: Kind = {
  name: "a photo",
  ofBytes: photoOfBytes,
  send: async (url, photo) => (await upload(await person(), photo, { url })).status,
};

const documents: Kind = {
  name: "a document",
  ofBytes: pdfOf,
  async send(url, body) {
    const { token } = await volunteer("financials.edit");
    const path = `/api/admin/financials/${await unwrittenReport()}/file`;
    return (await call("PUT", path, { url, token, body, headers: { "Content-Type": "application/pdf" } })).status;
  },
};

/**
 * How much memory, in MiB, uploads of photos and of documents add to a dedicated workerd at most, and how much more four at
 * a time add.
 */
export async function measureUploads(): Promise<{ one: number; more: number }> {
  const [of_photos, of_documents] = [await measureKind(photos), await measureKind(documents)];
  return { one: Math.max(of_photos.one, of_documents.one), more: Math.max(of_photos.more, of_documents.more) };
}

/** The local R2 runs in the same process: what it takes at first is not counted. Images runs elsewhere. */
async function measureKind(kind: Kind): Promise<{ one: number; more: number }> {
  const { started, workerd } = await withItsWorkerd(() => workerWithTransformations());
  const rows: { size: number; at_once: number; before: number; added: number; ms: number }[] = [];
  const send = async (content: Bytes) => {
    const status = await kind.send(started.url, content);
    if (status !== 200) throw new Error(`The upload responded with ${status}`);
  };
  // A warm-up: the code is compiled, and the local R2 has taken the memory that it takes for four times 50 MB.
  await send(await kind.ofBytes(1_000_000));
  const bucket = await started.bucket("PHOTOS");
  const largest = await kind.ofBytes(50 * 1024 * 1024);
  await Promise.all(AT_ONCE.flatMap((times) => Array.from({ length: times }, (_, n) => bucket.put(`${n}`, largest))));
  for (const size of SIZES_MB)
    for (const at_once of AT_ONCE) {
      const content = size === 50 ? largest : await kind.ofBytes(size * 1_000_000);
      const rounds: { before: number; added: number; ms: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await sleep(2000);
        await workerd.forgetPeak();
        const before = await workerd.memoryMib();
        const { ms } = await timed(() => Promise.all(Array.from({ length: at_once }, () => send(content))));
        rounds.push({ before, added: (await workerd.peakMib()) - before, ms });
      }
      const most = rounds.reduce((a, b) => (b.added > a.added ? b : a));
      rows.push({ size, at_once, ...most });
    }
  await started.stop();
  const most = (at_once: number) =>
    Math.max(...rows.filter((row) => row.at_once === at_once).map(({ added }) => added));
  const one = most(1);
  const more = most(4) - one;
  printTable(
    `Memory of workerd, MiB: the upload of ${kind.name} adds at most ${one.toFixed(0)} (budget ${BUDGETS.upload_memory_mib}), four at a time ${more.toFixed(0)} more (budget ${BUDGETS.uploads_memory_mib})`,
    ["size, MB", "at a time", "before", "added", "all answered, ms"],
    rows.map(({ size, at_once, before, added, ms }) => [
      String(size),
      String(at_once),
      ...[before, added, ms].map((figure) => figure.toFixed(0)),
    ]),
  );
  return { one, more };
}
