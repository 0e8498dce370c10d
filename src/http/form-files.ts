import type * as Multipasta from "multipasta";
import { Refusal } from "./errors.ts";

/** Where a file in a form ends. */
export const END = Symbol("the end of a file");

/** What we find in a form: that a file begins, a piece of it, and its end. */
export type Found = { begins: string } | Uint8Array | typeof END;

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

const latin1 = new TextDecoder("latin1");

const boundaryOf = (content_type: string) =>
  /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(content_type)?.slice(1).join("");

interface Source {
  content_type: string;
  /** The field whose files we want. */
  field: string;
  /** Reads the next chunk. Its memory is used again for the next but one. */
  next(): Promise<Uint8Array | undefined>;
  /** Keeps the memory of the last chunk from being used again. */
  keep(): void;
}

/** The files in a form, in pieces. `form` says afterwards how it ended. 400 if it ends in a way that no form does. */
export async function* filesIn(form: Form, { content_type, field, next, keep }: Source): AsyncGenerator<Found, void> {
  const { make } = await import("multipasta");
  const found: Found[] = [];
  const parser = make({
    headers: { "content-type": content_type },
    maxParts: 100,
    // Fields that we do not know are skipped like files, so that none is kept in memory.
    isFile: () => true,
    onFile: ({ name, filename }: Multipasta.PartInfo) => {
      form.in_part = true;
      form.in_file = name === field;
      if (form.in_file) found.push({ begins: filename ?? "" });
      return (chunk) => {
        if (form.in_file) found.push(chunk ?? END);
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
      throw incomplete(error);
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
