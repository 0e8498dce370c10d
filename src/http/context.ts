import type Stripe from "stripe";
import type { Identity } from "../access/access.ts";
import type { Transact } from "../database/transact.ts";
import type { Settings } from "../env.ts";
import type { Storage } from "../storage/storage.ts";
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
  readonly storage: Storage;
  readonly transact: Transact;
  readonly ring: Ring;
  /** Does some work after the answer, with a context of its own. If it fails, that is logged. */
  afterwards(work: (ctx: Context) => Promise<unknown>): void;
}

/** For a use case that somebody may also start by a signed link, without signing in. */
export interface PersonContext extends Context {
  readonly user_id: string;
}

export interface SignedInContext extends Context, Identity {}
