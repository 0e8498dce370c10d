import type * as z from "zod";
import { invalid, Refusal } from "./errors.ts";
import { FormFields } from "./form-fields.ts";
import { END, type Form, type Found, filesIn, incomplete, newForm } from "./form-files.ts";

/** What an upload route accepts: a form with the file in the field `file`, or the file as the whole body. */
export interface UploadRules<Fields = unknown> {
  /** How many bytes the file may have. */
  readonly most_bytes: number;
  /** The media types that the whole body may have. The first bytes tell what the file really is. */
  readonly type: "image/*" | "text/csv" | "application/pdf";
  /** The route takes a form with so many files, of so many bytes in all, and no file as the whole body. */
  readonly many?: { readonly files: number; readonly bytes: number };
  /**
   * The other fields of the form, about all of its files, before the first of them. Others are refused by name. Without this,
   * all are ignored: the old frontend sends more.
   */
  readonly fields?: z.ZodType<Fields>;
}

/** A file that is coming in. It is read once, as fast as it is used. */
export interface IncomingFile {
  /** How many bytes the client announced: at least as many as the file has. Null if it did not say. */
  readonly announced_bytes: number | null;
  /**
   * The file, chunk by chunk. A chunk is valid until the next one is asked for, since both use the same memory: otherwise
   * 50 MB would be in memory until they are collected. Throws a Refusal when the file is too large, or ends early.
   */
  readonly chunks: AsyncGenerator<Uint8Array, void>;
}

/** One of several. */
export interface NamedFile extends IncomingFile {
  /** As the client calls it. */
  readonly name: string;
}

/** The field of the form. */
const FIELD = "file";

/** The headers and boundaries of a form, and its other fields. */
const FORM_OVERHEAD = 64 * 1024;

/** How much of a refused body we still read: a client that is still sending when the connection closes never sees why. */
const UPLOAD_PATIENCE = 16 * 1024 * 1024;

const isForm = (content_type: string) => /^multipart\/form-data\s*;/i.test(content_type);

const inMegabytes = (bytes: number) => `${bytes / 1024 / 1024} MB`;

const tooLarge = ({ most_bytes, many }: UploadRules) =>
  many
    ? new Refusal(
        413,
        "upload_too_large",
        `A request can have at most ${inMegabytes(many.bytes)}. Please send the files in several requests.`,
      )
    : fileTooLarge(most_bytes);

const fileTooLarge = (most_bytes: number) =>
  new Refusal(413, "file_too_large", `The file is too large. It can have at most ${inMegabytes(most_bytes)}.`);

/** How much we read at a time. */
const CHUNK_BYTES = 64 * 1024;

/** A file that is coming in or, where the route takes many, a form of files. */
export class Upload<Fields = unknown> implements IncomingFile {
  readonly announced_bytes: number | null;
  readonly chunks: AsyncGenerator<Uint8Array, void>;
  /** As the client calls the file in a form. Known once its first chunk is here. */
  name: string | null = null;
  readonly #body: ReadableStreamBYOBReader | undefined;
  /** Two, which take turns: the parser of forms looks back at the end of the chunk before. */
  readonly #buffers = [new ArrayBuffer(CHUNK_BYTES), new ArrayBuffer(CHUNK_BYTES)];
  readonly #content_type: string;
  readonly #rules: UploadRules<Fields>;
  readonly #fields: FormFields<Fields>;
  #read_bytes = 0;
  #ended = false;

  constructor({ headers, body }: Request, rules: UploadRules<Fields>) {
    const length = headers.get("Content-Length");
    this.announced_bytes = length === null ? null : Number(length);
    this.#content_type = headers.get("Content-Type") ?? "";
    this.#rules = rules;
    this.#fields = new FormFields(rules.fields);
    this.#body = body?.getReader({ mode: "byob" });
    this.chunks = this.#limited(isForm(this.#content_type) ? this.#fileOf() : this.#whole());
  }

  /** The fields of the form, without the file. Known once the first chunk of the first file is here. */
  fields(): Fields {
    return this.#fields.values();
  }

  get #most_bytes(): number {
    return (this.#rules.many?.bytes ?? this.#rules.most_bytes) + FORM_OVERHEAD;
  }

  /** 415 unless the request says that it sends a form or a file of the right type, 413 if it announces too much. */
  check(): void {
    const { type, many } = this.#rules;
    const is_file = !many && this.#content_type.toLowerCase().startsWith(type.replace("*", ""));
    if (!isForm(this.#content_type) && !is_file)
      throw new Refusal(
        415,
        "unsupported_media_type",
        `Please send a form (multipart/form-data) with ${many ? "each file in a" : "the"} field ${FIELD}${many ? "" : `, or the file itself with its own type (${type})`}.`,
      );
    const most_bytes = isForm(this.#content_type) ? this.#most_bytes : this.#rules.most_bytes;
    if (this.announced_bytes !== null && this.announced_bytes > most_bytes) throw tooLarge(this.#rules);
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
    const form = newForm();
    let has_ended = false;
    for await (const found of this.#foundIn(form)) {
      // With fields, we look for those that come too late.
      if (found === END && !this.#rules.fields) return;
      if (found === END) has_ended = true;
      else if (found instanceof Uint8Array) yield found;
      else if ("field" in found) this.#fields.add(found.field, found.text);
      else if (has_ended) throw invalid(FIELD, "must be one file");
      else {
        this.#fields.end();
        this.name = found.begins;
      }
    }
    if (has_ended) return;
    if (form.in_file || form.broken) throw incomplete();
    this.#fields.end();
    throw invalid(FIELD, "must be a file");
  }

  /**
   * The files of a form, one after the other. What is not read of one is dropped when the next is asked for. 400 if the form
   * has none, or ends early: then the files before were complete.
   */
  async *files(): AsyncGenerator<NamedFile, void> {
    const form = newForm();
    const found = this.#foundIn(form);
    let current: object | undefined;
    let count = 0;
    async function* chunksOf(file: object): AsyncGenerator<Uint8Array, void> {
      // Whoever gave up on a file may still read it. They must not take from the next.
      while (current === file) {
        const { value } = await found.next();
        if (value === END) return;
        if (!(value instanceof Uint8Array)) throw incomplete();
        yield value;
      }
    }
    for (;;) {
      current = undefined;
      const { value, done } = await found.next();
      if (done) break;
      if (value === END || value instanceof Uint8Array) continue;
      if ("field" in value) {
        this.#fields.add(value.field, value.text);
        continue;
      }
      this.#fields.end();
      count += 1;
      const left = this.announced_bytes === null ? null : this.announced_bytes - this.#read_bytes + CHUNK_BYTES;
      const file = {};
      current = file;
      yield {
        name: value.begins,
        announced_bytes: left === null ? null : Math.min(left, this.#rules.most_bytes),
        chunks: this.#limited(chunksOf(file)),
      };
    }
    if (!form.complete) throw incomplete();
    this.#fields.end();
    if (count === 0) throw invalid(FIELD, "must be a file");
  }

  #foundIn(form: Form): AsyncGenerator<Found, void> {
    const next = async () => {
      const chunk = await this.#next();
      if (this.#read_bytes > this.#most_bytes) throw tooLarge(this.#rules);
      return chunk;
    };
    return filesIn(form, {
      content_type: this.#content_type,
      field: FIELD,
      others: this.#rules.fields !== undefined,
      next,
      keep: () => this.#keepBuffer(),
    });
  }

  /** Leaves the last chunk as it is, and reads the next but one into new memory. */
  #keepBuffer(): void {
    this.#buffers.pop();
    this.#buffers.push(new ArrayBuffer(CHUNK_BYTES));
  }

  async *#limited(chunks: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > this.#rules.most_bytes) throw fileTooLarge(this.#rules.most_bytes);
      yield chunk;
    }
  }
}
