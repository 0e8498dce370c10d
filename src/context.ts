import { authorize, identify } from "./access/access.ts";
import { auditDenial } from "./access/audit.ts";
import type { Statement } from "./database/query.ts";
import { transactor } from "./database/transact.ts";
import { type Bindings, readSettings } from "./env.ts";
import { clientOf } from "./http/client.ts";
import type { Context } from "./http/context.ts";
import { doorbell } from "./http/doorbell.ts";
import { logFailure } from "./http/error-tracking.ts";
import type { Refusal } from "./http/errors.ts";
import type { AppContext } from "./http/hono.ts";
import { describe, log } from "./http/log.ts";
import type { Route } from "./http/route.ts";
import { type Branding, NEUTRAL_BRANDING, selectBranding } from "./organisation/organisation.ts";
import type { Storage } from "./storage/storage.ts";
import { connectStripe } from "./stripe/client.ts";

const clock = () => new Date();

/** What a route's handler gets. Its transactions open with the route's own access. */
export function requestContext(c: AppContext, declared: Route): Context {
  const settings = readSettings(c.env);
  const database = transactor(settings, {
    opening: openingOf(c, declared),
    repeatable: declared.repeatable ?? declared.method === "get",
    onMail: () => c.executionCtx.waitUntil(sendMail(contextAfter(c))),
  });
  c.set("trips", () => database.trips);
  return {
    request_id: c.get("request_id"),
    now: c.get("now"),
    clock,
    settings,
    client: clientOf(c),
    stripe: connectStripe(settings),
    storage: storageOf(c.env),
    transact: database.transact,
    ring: doorbell(c.env.QUEUE, c.get("request_id")),
    afterwards: (work) => afterwards(contextAfter(c), (promise) => c.executionCtx.waitUntil(promise))(work),
    ...c.get("identity"),
  };
}

function openingOf(c: AppContext, { access, path }: Route): Statement {
  const request_id = c.get("request_id");
  if (access.kind === "open") return identify(request_id);
  const identity = c.get("identity");
  if (!identity && access.kind === "open_or_signed_in") return identify(request_id);
  if (!identity) throw new Error(`${path} was reached without authentication`);
  return authorize(access, identity, request_id, readSettings(c.env));
}

/** Records, after the answer, that somebody who is signed in was denied a route. */
export function auditRefusal(c: AppContext, { status, code }: Refusal): void {
  const identity = c.get("identity");
  const declared = c.get("route");
  if (status !== 403 || !identity || !declared) return;
  const request_id = c.get("request_id");
  const denied = {
    actor_id: identity.user_id,
    request_id,
    route: `${declared.method.toUpperCase()} ${declared.path}`,
    code,
  };
  const written = contextAfter(c)
    .transact((t) => auditDenial(t, denied))
    .catch((error: unknown) => log({ level: "error", event: "denial_not_audited", request_id, ...describe(error) }));
  c.executionCtx.waitUntil(written);
}

/**
 * How the page of a refusal looks: like every other page, for one more round trip. Too many requests cost none, and when
 * something is broken we do not lean on the database.
 */
export async function brandingForRefusal(c: AppContext, { status }: Refusal): Promise<Branding> {
  if (status === 429 || status >= 500) return NEUTRAL_BRANDING;
  const settings = readSettings(c.env);
  const request_id = c.get("request_id");
  const database = transactor(settings, { opening: identify(request_id), repeatable: true, onMail: () => undefined });
  const before = c.get("trips")?.() ?? 0;
  c.set("trips", () => before + database.trips);
  try {
    return await database.transact((t) => t.one(selectBranding(settings)));
  } catch (error) {
    log({ level: "error", event: "branding_not_read", request_id, ...describe(error) });
    return NEUTRAL_BRANDING;
  }
}

/**
 * How many batches of mails we send after an answer, when a Worker has only 30 seconds left. The queue looks after the
 * rest.
 */
const BATCHES_AFTER_ANSWER = 5;
/** How long the queue waits before it looks after mails that we could not send. */
const PAUSE_SECONDS = 20;

/** Sends what a transaction put in the outbox. Never throws. The words of all mails are loaded only for that. */
async function sendMail(ctx: Context): Promise<void> {
  try {
    const [{ deliver }, { withholdMoot }] = await Promise.all([
      import("./mail/delivery.ts"),
      import("./reminders/withhold-moot.ts"),
    ]);
    await deliver(ctx, BATCHES_AFTER_ANSWER, withholdMoot);
  } catch (error) {
    await logFailure(ctx.settings, {
      level: "error",
      event: "mail_delivery_failed",
      request_id: ctx.request_id,
      ...describe(error),
    });
    await ctx.ring("mail", PAUSE_SECONDS);
  }
}

/** For work after the answer. Its request id tells its round trips apart from those before. */
const contextAfter = (c: AppContext): Context =>
  systemContext(c.env, {
    request_id: `${c.get("request_id")}/after`,
    now: c.get("now"),
    waitUntil: (work) => c.executionCtx.waitUntil(work),
  });

/** What the jobs of a cron and of the queue get. */
export const jobContext = (bindings: Bindings, now: Date, waitUntil: WaitUntil): Context =>
  systemContext(bindings, { request_id: crypto.randomUUID(), now, waitUntil });

type WaitUntil = (work: Promise<unknown>) => void;

/** The platform acting by itself: nobody is signed in, and no access is checked. */
function systemContext(
  bindings: Bindings,
  { request_id, now, waitUntil }: { request_id: string; now: Date; waitUntil: WaitUntil },
): Context {
  const settings = readSettings(bindings);
  const database = transactor(settings, {
    opening: identify(request_id),
    repeatable: false,
    onMail: () => waitUntil(sendMail(ctx)),
  });
  const ctx: Context = {
    request_id,
    now,
    clock,
    settings,
    client: { user_agent: null, network: "none" },
    stripe: connectStripe(settings),
    storage: storageOf(bindings),
    transact: database.transact,
    ring: doorbell(bindings.QUEUE, request_id),
    afterwards: (work) => afterwards(ctx, waitUntil)(work),
  };
  return ctx;
}

const afterwards =
  (ctx: Context, waitUntil: WaitUntil): Context["afterwards"] =>
  (work) =>
    waitUntil(
      work(ctx).catch((error: unknown) =>
        logFailure(ctx.settings, {
          level: "error",
          event: "work_after_answer_failed",
          request_id: ctx.request_id,
          ...describe(error),
        }),
      ),
    );

const storageOf = ({ PHOTOS, PUBLIC_FILES, IMAGES }: Bindings): Storage => ({
  private_files: PHOTOS,
  public_files: PUBLIC_FILES,
  images: IMAGES,
});
