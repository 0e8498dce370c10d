import { lockEvent } from "../events/find.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal, toRefusal } from "../http/errors.ts";
import { describe, log } from "../http/log.ts";
import type { NamedFile, Upload } from "../http/upload.ts";
import { uploadToGallery } from "./add.ts";
import type { PhotoFields, UploadedPhotos } from "./schemas.ts";

/** How many photos one request may have. */
export const MOST_FILES = 20;

type Result = UploadedPhotos["results"][number];

/** With one of these, nothing that comes after it can succeed. */
const HOPELESS = [401, 403, 404];
const BROKEN_OFF = ["upload_incomplete", "upload_too_large"];

/**
 * Adds photos to an event's gallery, one after the other, so that memory does not grow with their number. One that fails does
 * not undo the others. Two round trips for each. 404 without such an event.
 */
export async function uploadManyToGallery(
  ctx: SignedInContext,
  event_id: string,
  upload: Upload<PhotoFields>,
): Promise<UploadedPhotos> {
  const results: Result[] = [];
  const fail = (name: string, error: unknown) => {
    const { status, code, message } = toRefusal(error);
    if (HOPELESS.includes(status)) throw error;
    if (status >= 500) log({ level: "error", event: "photo_failed", request_id: ctx.request_id, ...describe(error) });
    results.push({ name, photo: null, error: { status, code, detail: message } });
    return code;
  };
  try {
    for await (const { name, ...file } of upload.files()) {
      try {
        results.push({ name, photo: await add(ctx, event_id, file, upload, results.length), error: null });
      } catch (error) {
        if (BROKEN_OFF.includes(fail(name, error))) break;
      }
    }
  } catch (error) {
    if (results.length === 0) throw error;
    fail("", error);
  }
  // Whoever may not upload, or names no event, hears that and nothing else, also where no file came as far as the database.
  if (results.every(({ photo }) => photo === null)) await ctx.transact((t) => lockEvent(t, event_id));
  return { results };
}

async function add(
  ctx: SignedInContext,
  event_id: string,
  file: Omit<NamedFile, "name">,
  upload: Upload<PhotoFields>,
  before: number,
) {
  if (before >= MOST_FILES)
    throw new Refusal(
      400,
      "too_many_files",
      `A request can have at most ${MOST_FILES} files. Please send this one again.`,
    );
  return uploadToGallery(ctx, event_id, file, () => upload.fields());
}
