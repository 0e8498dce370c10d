import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { createLoafClient, type LoafClient, LoafError } from "../client/index.ts";
import { asCommand, askAtTerminal } from "./command.ts";
import {
  adoptPicture,
  type DocumentTable,
  documentsToMove,
  NotMoved,
  type OldBucket,
  photosToMove,
  readOldFile,
} from "./legacy/old-files.ts";

const USAGE = `npm run migrate:files -- --api https://api.example.org --from https://files.example.org [--copy DIRECTORY]
After migrate:legacy: sends the old platform's photos of events and its documents through the API, as a volunteer would upload them.
--from is the address of the old bucket (the old R2_PUBLIC_URL). With --copy, files are read from a copy of the bucket instead. Asks for
the email and password of a superadmin, or takes LOAF_EMAIL and LOAF_PASSWORD. Also writes to the database of DATABASE_URL. Lists each
file that cannot be moved, and moves the others. You can run it again at any time: it leaves alone what has been moved.`;

const FILE_OF = {
  newsletter_archives: "/api/admin/newsletters/{id}/file",
  financial_reports: "/api/admin/financials/{id}/file",
  bylaws_documents: "/api/admin/bylaws/{id}/file",
} as const satisfies Record<DocumentTable, string>;

/** After these, no other file would come either. */
const ENDS_ALL = ["images_quota", "storage_full", "misconfigured"];

/** Why one file did not come. Undefined if it did. Throws what would stop every other file, too. */
async function fateOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof NotMoved) return error.message;
    if (!(error instanceof LoafError)) throw error;
    const { status, problem } = error;
    if (status === 401 || status === 403 || ENDS_ALL.includes(problem.code)) throw error;
    return `${problem.detail} (${problem.code})`;
  }
}

/** Moves each file, and says which ones did not come. Returns how many did and how many did not. */
async function moveEach<Old extends { id: string; key: string }>(
  all: Old[],
  name: (old: Old) => string,
  move: (old: Old) => Promise<void>,
): Promise<{ moved: number; left: number }> {
  const count = { moved: 0, left: 0 };
  for (const old of all) {
    const fault = await fateOf(() => move(old));
    count[fault === undefined ? "moved" : "left"] += 1;
    if (fault !== undefined) console.log(`${name(old)} ${old.id}, ${old.key}: ${fault}`);
  }
  return count;
}

/** Moves what is still to be moved. Returns how many files are left. */
async function moveFiles(here: Client, loaf: LoafClient, bucket: OldBucket): Promise<number> {
  const photos = await moveEach(
    await photosToMove(here, bucket),
    () => "event_galleries",
    async ({ id, event_id, key }) => {
      const file = await readOldFile(key, bucket);
      const picture = await loaf.upload("/api/admin/events/{id}/gallery", file, { params: { id: event_id } });
      if (!(await adoptPicture(here, id, picture.id)))
        throw new NotMoved(`the event has the same picture already, as ${picture.id}`);
    },
  );
  const documents = await moveEach(
    await documentsToMove(here, bucket),
    ({ table }) => table,
    async ({ id, table, key }) => {
      await loaf.replaceFile(FILE_OF[table], await readOldFile(key, bucket), { params: { id } });
    },
  );
  console.log(`Photos of events: ${photos.moved} moved, ${photos.left} left.`);
  console.log(`Documents: ${documents.moved} moved, ${documents.left} left.`);
  return photos.left + documents.left;
}

/** Waits as long as the API asks a busy client to. */
async function patientFetch(request: Request): Promise<Response> {
  const answer = await fetch(request.clone());
  if (answer.status !== 429) return answer;
  await setTimeout(Number(answer.headers.get("Retry-After") ?? 60) * 1000);
  return patientFetch(request);
}

async function signIn(loaf: LoafClient): Promise<void> {
  await askAtTerminal(async (ask) => {
    const email = process.env.LOAF_EMAIL ?? (await ask("Email of a superadmin"));
    const password = process.env.LOAF_PASSWORD ?? (await ask("Password (it is shown as you type)"));
    const answer = await loaf.signIn({ email, password });
    if (answer.mfa_required)
      await loaf.signInWithCode({ mfa_token: answer.mfa_token, code: await ask("Code of the second factor") });
  });
}

const withoutSlash = (name: string, address: string): string => {
  if (!URL.canParse(address)) throw new Error(`${name} must be an address such as https://files.example.org.`);
  return address.replace(/\/+$/, "");
};

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({
    options: {
      api: { type: "string" },
      from: { type: "string" },
      copy: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  if (!values.api || !values.from) throw new Error(`Pass --api and --from.\n\n${USAGE}`);
  const loaf = createLoafClient({ baseUrl: withoutSlash("--api", values.api), fetch: patientFetch });
  const bucket = { address: withoutSlash("--from", values.from), copy: values.copy };
  const here = new Client({ connectionString: database_url });
  await here.connect();
  try {
    await signIn(loaf);
    if ((await moveFiles(here, loaf, bucket)) > 0) process.exitCode = 1;
  } finally {
    await here.end();
  }
});
