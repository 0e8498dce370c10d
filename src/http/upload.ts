import type * as Multipasta from "multipasta";
import { invalid, Refusal } from "./errors.ts";

/** What an upload route accepts: a form with the file in the field `file`, or the file as the whole body. */
export interface UploadRules {
  /** How many bytes the file may have. */
  readonly most_bytes: number;
  /** The media types that the whole body may have. The first bytes tell what the file really is. */
  readonly type: "image/*" | "text/csv" | "application/pdf";
}

/** The field of the form. */
const FIELD = "file";

/** The headers and boundaries of a form, and fields that we ignore. */
const FORM_OVERHEAD = 64 * 1024;

/** How much of a refused body we still read: a client that is still sending when the connection closes never sees why. */
const UPLOAD_PATIENCE = 16 * 1024 * 1024;

const isForm = (content_type: string) => /^multipart\/form-data\s*;/i.test(content_type);

const tooLarge = (most_bytes: number) =>
  new Refusal(413, "file_too_large", `The file is too large. It can have at most ${most_bytes / 1024 / 1024} MB.`);

const incomplete = (cause?: unknown) =>
  new Refusal(400, "upload_incomplete", "The upload was incomplete. Please try again.", { cause });

/** How much we read at a time. */
const CHUNK_BYTES = 64 * 1024;

/** A file that is coming in. It is read once, as fast as it is used. */
export class Upload {
  /** How many bytes the client announced: at least as many as the file has. Null if it did not say. */
  readonly announced_bytes: number | null;
  /**
   * The file, chunk by chunk. A chunk is valid until the next one is asked for, since both use the same memory: otherwise
   * 50 MB would be in memory until they are collected. Throws a Refusal when the file is too large, or ends early.
   */
  readonly chunks: AsyncGenerator<Uint8Array, void>;
  readonly #body: ReadableStreamBYOBReader | undefined;
  /** Two, which take turns: the parser of forms looks back at the end of the chunk before. */
  readonly #buffers = [new ArrayBuffer(CHUNK_BYTES), new ArrayBuffer(CHUNK_BYTES)];
  readonly #content_type: string;
  readonly #rules: UploadRules;
  #read_bytes = 0;
  #ended = false;

  constructor({ headers, body }: Request, rules: UploadRules) {
    const length = headers.get("Content-Length");
    this.announced_bytes = length === null ? null : Number(length);
    this.#content_type = headers.get("Content-Type") ?? "";
    this.#rules = rules;
    this.#body = body?.getReader({ mode: "byob" });
    this.chunks = this.#limited(isForm(this.#content_type) ? this.#fileOf() : this.#whole());
  }

  get #most_bytes(): number {
    return this.#rules.most_bytes + FORM_OVERHEAD;
  }

  /** 415 unless the request says that it sends a form or a file of the right type, 413 if it announces too much. */
  check(): void {
    const { type } = this.#rules;
    if (!isForm(this.#content_type) && !this.#content_type.toLowerCase().startsWith(type.replace("*", "")))
      throw new Refusal(
        415,
        "unsupported_media_type",
        `Please send a form (multipart/form-data) with the field ${FIELD}, or the file itself with its own type (${type}).`,
      );
    const most_bytes = isForm(this.#content_type) ? this.#most_bytes : this.#rules.most_bytes;
    if (this.announced_bytes !== null && this.announced_bytes > most_bytes) throw tooLarge(this.#rules.most_bytes);
  }

  /** Reads what is left and drops it, so that the client hears our answer. */
  async drain(): Promise<void> {
    try {
      while (!this.#ended && this.#read_bytes < this.#most_bytes + UPLOAD_PATIENCE) await this.#next();
    } catch {
      // The client is gone, and nobody waits for the answer.
    }
  }

  async #next(): Promise<Uint8Array | undefined> {
    const buffer = this.#buffers.shift();
    if (!this.#body || !buffer || this.#ended) return undefined;
    try {
      const { done, value } = await this.#body.read(new Uint8Array(buffer));
      this.#ended = done;
      if (done) return undefined;
      this.#buffers.push(value.buffer);
      this.#read_bytes += value.byteLength;
      return value;
    } catch (error) {
      this.#ended = true;
      throw incomplete(error);
    }
  }

  async *#whole(): AsyncGenerator<Uint8Array, void> {
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) yield chunk;
  }

  /** The file in a form. 400 if the form has none, or ends before the file does. */
  async *#fileOf(): AsyncGenerator<Uint8Array, void> {
    const { make } = await import("multipasta");
    const found: Uint8Array[] = [];
    const form = { begun: false, ended: false, broken: false };
    const parser = make({
      headers: { "content-type": this.#content_type },
      maxParts: 100,
      // Fields that we do not know are skipped like files, so that none is kept in memory.
      isFile: () => true,
      onFile: ({ name }: Multipasta.PartInfo) => {
        if (name !== FIELD || form.begun) return () => undefined;
        form.begun = true;
        return (chunk) => {
          if (chunk === null) form.ended = true;
          else found.push(chunk);
        };
      },
      onField: () => undefined,
      onError: () => {
        form.broken = true;
      },
      onDone: () => undefined,
    });
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) {
      if (this.#read_bytes > this.#most_bytes) throw tooLarge(this.#rules.most_bytes);
      try {
        // The parser keeps headers for longer than a chunk is valid, but of a file at most the end of the chunk before.
        parser.write(form.begun ? chunk : chunk.slice());
      } catch (error) {
        throw incomplete(error);
      }
      yield* found.splice(0);
      if (form.ended) return;
      if (form.broken) throw incomplete();
    }
    parser.end();
    yield* found;
    if (form.ended) return;
    if (form.begun || form.broken) throw incomplete();
    throw invalid(FIELD, "must be a file");
  }

  async *#limited(chunks: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > this.#rules.most_bytes) throw tooLarge(this.#rules.most_bytes);
      yield chunk;
    }
  }
}
