import { setTimeout as sleep } from "node:timers/promises";
import type { UploadedPhotos } from "../src/gallery/schemas.ts";
import { call } from "../test/harness/client.ts";
import { event } from "../test/harness/events.ts";
import { photoOfBytes } from "../test/harness/images.ts";
import { volunteer } from "../test/harness/people.ts";
import { formOf } from "../test/harness/photos.ts";
import { startWorker } from "../test/harness/platform.ts";
import { BUDGETS } from "./budgets.ts";
import { printTable } from "./table.ts";
import { timed } from "./times.ts";
import { withItsWorkerd } from "./workerd.ts";

const FEW = 5;
const MANY = 20;
const PHOTO_BYTES = 5_000_000;
const ROUNDS = 3;

/** How much more peak memory, in MiB, workerd needs for a form with twenty photos than for one with five. */
export async function measureGallery(): Promise<number> {
  const { started, workerd } = await withItsWorkerd(() => startWorker());
  const { token } = await volunteer("gallery.upload");
  const photo = await photoOfBytes(PHOTO_BYTES);
  const send = async (count: number) => {
    const files = Array.from({ length: count }, (_, n): [string, Uint8Array<ArrayBuffer>, string] => {
      // The same bytes again would be the same photo.
      const another = photo.slice();
      crypto.getRandomValues(another.subarray(-16));
      return ["file", another, `${n}.jpg`];
    });
    const path = `/api/admin/events/${await event()}/gallery/batch`;
    const { body } = await call<UploadedPhotos>("POST", path, { url: started.url, token, ...formOf(files) });
    const stored = body.results.filter(({ photo }) => photo).length;
    if (stored !== count) throw new Error(`${stored} of ${count} photos are stored`);
  };
  // A warm-up: the code is compiled, and the local R2 has taken its memory.
  await send(FEW);
  const figures: { count: number; before: number; added: number; ms: number }[] = [];
  for (const count of [FEW, MANY]) {
    const rounds: typeof figures = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await sleep(2000);
      await workerd.forgetPeak();
      const before = await workerd.memoryMib();
      const { ms } = await timed(() => send(count));
      rounds.push({ count, before, added: (await workerd.peakMib()) - before, ms });
    }
    figures.push(rounds.reduce((a, b) => (b.added > a.added ? b : a)));
  }
  await started.stop();
  const [few, many] = figures.map(({ added }) => added);
  const more = (many ?? Number.NaN) - (few ?? Number.NaN);
  printTable(
    `Memory of workerd, MiB: a form with ${MANY} photos of 5 MB adds ${more.toFixed(0)} more than one with ${FEW} (budget ${BUDGETS.gallery_memory_mib})`,
    ["photos", "before", "added", "ms"],
    figures.map(({ count, before, added, ms }) => [
      String(count),
      ...[before, added, ms].map((figure) => figure.toFixed(0)),
    ]),
  );
  return more;
}
