import type { Form } from "./form.ts";

export interface LoggedRequest {
  id: string;
  method: string;
  path: string;
  idempotency_key: string | null;
  params: Form;
  /** Null if a fault closed the connection without a response. */
  status: number | null;
  replayed: boolean;
}

const KEPT = 2000;

/** The API requests of this run, for tests to inspect. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];

  add(request: LoggedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > KEPT) this.#requests.shift();
  }

  /** Oldest first. */
  matching(match: string): LoggedRequest[] {
    return this.#requests.filter((request) => JSON.stringify(request).includes(match));
  }
}
