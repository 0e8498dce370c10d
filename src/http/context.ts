import type Stripe from "stripe";
import type { Identity } from "../access/access.ts";
import type { Transact } from "../database/transact.ts";
import type { Settings } from "../env.ts";
import type { Ring } from "./doorbell.ts";

/** Who sent a request, as far as we can tell. */
export interface Client {
  /** Its User-Agent, for the list of sessions. */
  user_agent: string | null;
  /** Its network, as Cloudflare saw it: an IPv4 address, or the /64 of an IPv6 one. */
  network: string;
  /** Its Authorization header. A route that asks for a session has checked it. */
  authorization?: string | undefined;
}

/** Everything a use case may know and touch. It takes no clock, settings or client from anywhere else. */
export interface Context {
  readonly request_id: string;
  /** When the request came in. */
  readonly now: Date;
  /** The present time. */
  clock(): Date;
  readonly settings: Settings;
  readonly client: Client;
  readonly stripe: Stripe;
  readonly transact: Transact;
  readonly ring: Ring;
}

export interface SignedInContext extends Context, Identity {}
