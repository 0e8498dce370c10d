import type * as Multipasta from "multipasta";
import { invalid, Refusal } from "./errors.ts";

/** Where a file in a form ends. */
export const END = Symbol("the end of a file");

/** What we find in a form: that a file begins, a piece of it, its end, and another field. */
export type Found = { begins: string } | Uint8Array | typeof END | { field: string; text: string };

/** How far we are in a form. */
export interface Form {
  /** The parser is in a part, and not in its headers. */
  in_part: boolean;
  /** The part is a file that we want. */
  in_file: boolean;
  broken: boolean;
  complete: boolean;
}

export const newForm = (): Form => ({ in_part: false, in_file: false, broken: false, complete: false });

export const incomplete = (cause?: unknown) =>
  new Refusal(400, "upload_incomplete", "The upload was incomplete. Please try again.", { cause });

/** Longer than the line that ends a form: a boundary has at most 70 characters (RFC 2046, 5.1.1). */
const TAIL_BYTES = 100;

/** How many bytes a field other than the file may have: more than any text that we take. */
const FIELD_BYTES = 16 * 1024;

const latin1 = new TextDecoder("latin1");

const boundaryOf = (content_type: string) =>
  /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(content_type)?.slice(1).join("");

/** A quoted parameter of Content-Disposition, with its escapes: browsers write a quote as %22, others as \\". */
const parameterOf = (disposition: string, parameter: "name" | "filename") =>
  new RegExp(`; *${parameter}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(disposition)?.[1];

/** What a part is called. The parser drops the whole header when a character is not of Latin-1, like Cyrillic or a dash. */
function namesOf({ name, filename = "", headers }: Multipasta.PartInfo): { name: string; filename: string } {
  const disposition = headers["content-disposition"];
  if (name !== "" || typeof disposition !== "string") return { name, filename };
  return { name: parameterOf(disposition, "name") ?? "", filename: parameterOf(disposition, "filename") ?? "" };
}

interface Source {
  content_type: string;
  /** The field whose files we want. */
  field: string;
  /** Whether we want the other fields, too. Otherwise they are skipped. */
  others: boolean;
  /** Reads the next chunk. Its memory is used again for the next but one. */
  next(): Promise<Uint8Array | undefined>;
  /** Keeps the memory of the last chunk from being used again. */
  keep(): void;
}

/** A field of a form while it comes in. */
class FieldText {
  readonly field: string;
  #bytes = new Uint8Array();

  constructor(field: string) {
    this.field = field;
  }

  add(chunk: Uint8Array): void {
    if (this.#bytes.length + chunk.length > FIELD_BYTES) throw invalid(this.field, "is too long");
    const longer = new Uint8Array(this.#bytes.length + chunk.length);
    longer.set(this.#bytes);
    longer.set(chunk, this.#bytes.length);
    this.#bytes = longer;
  }

  get text(): string {
    return new TextDecoder().decode(this.#bytes);
  }
}

/** The files in a form, in pieces. `form` says afterwards how it ended. 400 if it ends in a way that no form does. */
export async function* filesIn(
  form: Form,
  { content_type, field, others, next, keep }: Source,
): AsyncGenerator<Found, void> {
  const { make } = await import("multipasta");
  const found: Found[] = [];
  const parser = make({
    headers: { "content-type": content_type },
    maxParts: 100,
    // Fields are read like files, so that the parser keeps none in memory.
    isFile: () => true,
    onFile: (part: Multipasta.PartInfo) => {
      const { name, filename } = namesOf(part);
      form.in_part = true;
      form.in_file = name === field;
      if (form.in_file) found.push({ begins: filename });
      const read = others && !form.in_file ? new FieldText(name) : null;
      return (chunk) => {
        if (form.in_file) found.push(chunk ?? END);
        else if (chunk) read?.add(chunk);
        else if (read) found.push(read);
        if (chunk === null) form.in_part = form.in_file = false;
      };
    },
    onField: () => undefined,
    onError: () => {
      form.broken = true;
    },
    onDone: () => {
      form.complete = true;
    },
  });
  let tail = "";
  for (let chunk = await next(); chunk; chunk = await next()) {
    tail = (tail + latin1.decode(chunk.subarray(-TAIL_BYTES))).slice(-TAIL_BYTES);
    try {
      parser.write(chunk);
    } catch (error) {
      throw error instanceof Refusal ? error : incomplete(error);
    }
    // The parser keeps headers for longer than a chunk is valid, but of a part at most the end of the chunk before.
    if (!form.in_part) keep();
    yield* found.splice(0);
    if (form.complete) break;
  }
  if (form.complete) form.complete = !form.broken;
  // To the parser, an end whose two dashes come apart is a header.
  else form.complete = tail.trimEnd().endsWith(`--${boundaryOf(content_type)}--`);
  parser.end();
  yield* found;
}
