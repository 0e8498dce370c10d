import type Stripe from "stripe";
import type { Identity } from "../access/access.ts";
import type { Transact } from "../database/transact.ts";
import type { Settings } from "../env.ts";

/** What tells one client from another. */
export interface Client {
  /** What it says it is, for the list of sessions. */
  user_agent: string | null;
  /** Its network address, as Cloudflare saw it: an IPv4 address or the /64 of an IPv6 one. */
  network: string;
  /** Its Authorization header as it came; a route that asks for a session has checked it. */
  authorization?: string | undefined;
}

/** What a use case may know and touch. Nothing is ambient: no clock, no settings, no client but these. */
export interface Context {
  readonly request_id: string;
  /** The instant the request came in. */
  readonly now: Date;
  /** The time by now. */
  clock(): Date;
  readonly settings: Settings;
  /** Where the request came from. */
  readonly client: Client;
  readonly stripe: Stripe;
  readonly transact: Transact;
}

export interface SignedInContext extends Context, Identity {}
