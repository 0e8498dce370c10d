import type { Context as HonoContext } from "hono";
import { authorize, identify } from "./access/access.ts";
import { transactor } from "./database/transact.ts";
import { type Bindings, readSettings, type Settings } from "./env.ts";
import type { Context, SignedInContext } from "./http/context.ts";
import type { Env } from "./http/mount.ts";
import type { Route } from "./http/route.ts";
import { deliver } from "./mail/delivery.ts";
import { connectStripe } from "./payments/stripe.ts";

type After = (work: Promise<unknown>) => void;

/** What a route's handler gets: its transactions start with the route's own access. */
export function requestContext(c: HonoContext<Env>, { access, method, repeatable }: Route): SignedInContext {
  const settings = readSettings(c.env);
  const request_id = c.get("request_id");
  const now = c.get("now");
  const identity = c.get("identity");
  const after: After = (work) => c.executionCtx.waitUntil(work);
  const database = transactor(settings, {
    opening: access.kind === "open" ? identify(request_id) : authorize(access, identity, request_id),
    repeatable: repeatable ?? method === "get",
    // Its own name, so that trips after the answer are told from those before it.
    onMail: () => after(deliver(systemContext(settings, { request_id: `${request_id}/after`, now, after }))),
  });
  c.set("trips", () => database.trips);
  return {
    request_id,
    now,
    settings,
    user_agent: c.req.header("User-Agent")?.slice(0, 300) ?? null,
    stripe: connectStripe(settings),
    transact: database.transact,
    after,
    ...identity,
  };
}

/** What a cron's jobs get. */
export const scheduledContext = (bindings: Bindings, now: Date, after: After): Context =>
  systemContext(readSettings(bindings), { request_id: crypto.randomUUID(), now, after });

/** The platform acting by itself: nobody is signed in, and no access is asked for. */
function systemContext(
  settings: Settings,
  { request_id, now, after }: { request_id: string; now: Date; after: After },
): Context {
  const ctx: Context = {
    request_id,
    now,
    settings,
    user_agent: null,
    stripe: connectStripe(settings),
    after,
    transact: transactor(settings, {
      opening: identify(request_id),
      repeatable: false,
      onMail: () => after(deliver(ctx)),
    }).transact,
  };
  return ctx;
}
