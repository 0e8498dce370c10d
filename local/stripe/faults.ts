import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { faultQueue } from "../faults.ts";

export const FAULT = z.strictObject({
  /**
   * status: return `status` (500) and do nothing. drop: close the connection and do nothing. hang: wait `ms` (60,000),
   * then close the connection. delay: wait `ms`, then carry on. after: carry out the request, then close the connection
   * without responding. refuse: refuse with an `invalid_request_error`, and do nothing.
   */
  mode: z.enum(["status", "hang", "drop", "after", "delay", "refuse"]),
  /** For `refuse`. Without a code, it is a refusal that nobody has foreseen: https://docs.stripe.com/error-codes */
  code: z.string().optional(),
  status: z.int().min(400).max(599).default(500),
  ms: z.int().min(0).optional(),
  /** How many requests fail. */
  count: z.int().min(1).default(1),
  /** How many matching requests to let through first. */
  skip: z.int().min(0).default(0),
  /** Affects only requests whose path or body contains this text. */
  match: z.string().default(""),
});

export type Fault = z.output<typeof FAULT>;
export type FaultInput = z.input<typeof FAULT>;

/** Faults that tests set for upcoming API requests. */
export class Faults {
  readonly #waiting = faultQueue<Fault>();
  readonly #stopping = new AbortController();

  add(fault: Fault): void {
    this.#waiting.add(fault);
  }

  clear(): void {
    this.#waiting.clear();
  }

  /** The fault for this request, if any. Taking it uses it up. */
  take(request: string): Fault | undefined {
    return this.#waiting.take((text) => request.includes(text));
  }

  /** Waits, but stops early on `stop`. */
  async wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  stop(): void {
    this.#stopping.abort();
  }
}
