import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";

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
  /** Only requests whose path or body contains it. */
  match: z.string().default(""),
});

export type Fault = z.output<typeof FAULT>;
export type FaultInput = z.input<typeof FAULT>;

/** Failures that the next requests to the API are to meet. */
export class Faults {
  #waiting: Fault[] = [];
  #stopping = new AbortController();

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault this request meets, if any; it counts as used. */
  take(request: string): Fault | undefined {
    const fault = this.#waiting.find(({ match }) => request.includes(match));
    if (!fault) return undefined;
    fault.count -= 1;
    if (fault.count === 0) this.#waiting.splice(this.#waiting.indexOf(fault), 1);
    return fault;
  }

  /** Waits, but not beyond `stop`. */
  async wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  stop(): void {
    this.#stopping.abort();
  }
}
