import type { Form } from "./form.ts";

export interface LoggedRequest {
  id: string;
  method: string;
  path: string;
  idempotency_key: string | null;
  params: Form;
  /** Null for a request that got no answer, because a fault closed its connection. */
  status: number | null;
  replayed: boolean;
}

const KEPT = 2000;

/** The API requests of this run, for tests to see what was asked of Stripe. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];

  add(request: LoggedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > KEPT) this.#requests.shift();
  }

  /** The oldest first. */
  matching(match: string): LoggedRequest[] {
    return this.#requests.filter((request) => JSON.stringify(request).includes(match));
  }
}
