import type * as z from "zod";
import { invalid } from "./errors.ts";
import { validValue } from "./valid-value.ts";

/** The fields of a form that come before its files. */
export class FormFields<Fields> {
  readonly #schema: z.ZodType<Fields> | undefined;
  readonly #texts = new Map<string, string>();
  #read: { values: Fields } | null = null;

  /** @param schema none for a form whose other fields nobody reads */
  constructor(schema: z.ZodType<Fields> | undefined) {
    this.#schema = schema;
  }

  /** 400 for a field that comes twice, or after a file has begun. */
  add(name: string, text: string): void {
    if (this.#read) throw invalid(name, "must come before the file", `The field ${name} must come before the file.`);
    if (this.#texts.has(name)) throw invalid(name, "must be given only once");
    this.#texts.set(name, text);
  }

  /** A file begins, or there is none. 400 unless the fields are as they should be. */
  end(): void {
    if (this.#schema) this.values();
  }

  values(): Fields {
    if (!this.#schema) throw new Error("This route declares no fields");
    this.#read ??= { values: validValue(this.#schema, Object.fromEntries(this.#texts)) };
    return this.#read.values;
  }
}
