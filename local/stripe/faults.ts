import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { faultQueue } from "../faults.ts";

export const FAULT = z.strictObject({
  /**
   * status: answer `status` (500) and do nothing; drop: close the connection and do nothing; hang: say nothing for `ms`
   * (60,000), then close; delay: wait `ms` and go on; after: do it, then close the connection instead of answering.
   */
  mode: z.enum(["status", "hang", "drop", "after", "delay"]),
  status: z.int().min(400).max(599).default(500),
  ms: z.int().min(0).optional(),
  /** How many requests it hits. */
  count: z.int().min(1).default(1),
  /** How many such requests pass before. */
  skip: z.int().min(0).default(0),
  /** Only requests whose path or body contains it. */
  match: z.string().default(""),
});

export type Fault = z.output<typeof FAULT>;
export type FaultInput = z.input<typeof FAULT>;

/** Failures that the next requests to the API are to meet. */
export class Faults {
  readonly #waiting = faultQueue<Fault>();
  readonly #stopping = new AbortController();

  add(fault: Fault): void {
    this.#waiting.add(fault);
  }

  clear(): void {
    this.#waiting.clear();
  }

  /** The fault this request meets, if any; it counts as used. */
  take(request: string): Fault | undefined {
    return this.#waiting.take((text) => request.includes(text));
  }

  /** Waits, but not beyond `stop`. */
  async wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  stop(): void {
    this.#stopping.abort();
  }
}
