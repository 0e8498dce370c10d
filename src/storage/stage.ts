import { fromBucket } from "./storage.ts";

/** R2 wants parts of the same size, at least 5 MiB, except for the last. */
const PART_BYTES = 5 * 1024 * 1024;

/** A file that is coming in. A chunk is valid until the next one is asked for. */
interface Staged {
  type: string;
  chunks: AsyncGenerator<Uint8Array, void>;
}

/**
 * Writes an upload of any size to R2, a part at a time, so that memory does not grow with it. Returns its size. When it
 * fails, nothing is stored.
 */
export async function stage(bucket: R2Bucket, key: string, { type, chunks }: Staged): Promise<number> {
  const upload = await fromBucket(bucket.createMultipartUpload(key, { httpMetadata: { contentType: type } }));
  try {
    const parts: R2UploadedPart[] = [];
    const part = new Uint8Array(PART_BYTES);
    let filled = 0;
    let size = 0;
    const send = async () => {
      if (filled === 0 && parts.length > 0) return;
      parts.push(await fromBucket(upload.uploadPart(parts.length + 1, part.subarray(0, filled))));
      filled = 0;
    };
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      for (let taken = 0; taken < chunk.byteLength; ) {
        const piece = chunk.subarray(taken, taken + PART_BYTES - filled);
        part.set(piece, filled);
        filled += piece.byteLength;
        taken += piece.byteLength;
        if (filled === PART_BYTES) await send();
      }
    }
    await send();
    await fromBucket(upload.complete(parts));
    return size;
  } catch (error) {
    // R2 itself drops parts that were never completed, after seven days.
    await upload.abort().catch(() => undefined);
    throw error;
  }
}
