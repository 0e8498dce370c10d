import { Refusal, unavailable } from "../http/errors.ts";
import type { FILE_KINDS } from "../tables/files.ts";

/** Where files are. `private_files` never has public access; `public_files` holds nothing that is private. */
export interface Storage {
  readonly private_files: R2Bucket;
  readonly public_files: R2Bucket;
  /** Cloudflare Images, which decodes and encodes images. */
  readonly images: ImagesBinding;
}

const missing = (): never => {
  throw new Error("There is no file storage outside of the Worker");
};

/** For commands, which run outside of the Worker and need no files. */
export const NO_STORAGE: Storage = {
  get private_files() {
    return missing();
  },
  get public_files() {
    return missing();
  },
  get images() {
    return missing();
  },
};

export type FileKind = (typeof FILE_KINDS)[number];

/** The kinds that everybody may see. */
export const PUBLIC_KINDS = ["event_cover", "logo"] as const satisfies FileKind[];

const isPublic = (kind: FileKind): boolean => (PUBLIC_KINDS as readonly FileKind[]).includes(kind);

/** The bucket that holds files of this kind. */
export const bucketOf = ({ private_files, public_files }: Storage, kind: FileKind): R2Bucket =>
  isPublic(kind) ? public_files : private_files;

/** Waits for R2. 503 if it fails. */
export async function fromBucket<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw unavailable("storage_unavailable", "The file storage is not responding. Please try again.", error);
  }
}

/** Deletes every object of a file. What waits to be processed is private, whatever the file's kind. */
export async function deleteObjects(storage: Storage, kind: FileKind, key: string): Promise<void> {
  for (const bucket of new Set([storage.private_files, bucketOf(storage, kind)]))
    for (let cursor: string | undefined; ; ) {
      const page = await bucket.list({ prefix: `${key}/`, ...(cursor && { cursor }) });
      if (page.objects.length > 0) await bucket.delete(page.objects.map((object) => object.key));
      if (!page.truncated) break;
      cursor = page.cursor;
    }
}
