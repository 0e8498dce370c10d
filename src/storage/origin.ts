import { type CameraTime, cameraTimeIn } from "./camera-time.ts";

/** What is known of an upload, and not of the image that we keep of it. */
export interface Origin {
  /** In hex. Null if not all of the upload was needed. */
  sha256: string | null;
  taken: CameraTime | null;
}

/** Cameras write Exif data into the first bytes, which is where we look for it. */
const LOOK_AT_BYTES = 256 * 1024;

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** In hex. */
export const sha256Of = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  hex(await crypto.subtle.digest("SHA-256", bytes));

/** Passes an upload on, chunk by chunk, and notes where it comes from. Ask for the origin once the chunks are used. */
export function traced(chunks: AsyncGenerator<Uint8Array, void>): {
  chunks: AsyncGenerator<Uint8Array, void>;
  origin(): Promise<Origin>;
} {
  const digest = new crypto.DigestStream("SHA-256");
  const writer = digest.getWriter();
  const head = new Uint8Array(LOOK_AT_BYTES);
  let filled = 0;
  let complete = false;
  async function* passed(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of chunks) {
      const piece = chunk.subarray(0, LOOK_AT_BYTES - filled);
      head.set(piece, filled);
      filled += piece.byteLength;
      await writer.write(chunk);
      yield chunk;
    }
    await writer.close();
    complete = true;
  }
  return {
    chunks: passed(),
    origin: async () => ({
      sha256: complete ? hex(await digest.digest) : null,
      taken: cameraTimeIn(head.subarray(0, filled)),
    }),
  };
}
