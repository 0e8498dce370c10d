import type Stripe from "stripe";
import type { Identity } from "../access/access.ts";
import type { Transact } from "../database/transact.ts";
import type { Settings } from "../env.ts";

/** What a use case may know and touch. Nothing is ambient: no clock, no settings, no client but these. */
export interface Context {
  readonly request_id: string;
  /** The instant the request came in. */
  readonly now: Date;
  readonly settings: Settings;
  /** What the client says it is, for the list of its sessions. */
  readonly user_agent: string | null;
  readonly stripe: Stripe;
  readonly transact: Transact;
}

export interface SignedInContext extends Context, Identity {}
