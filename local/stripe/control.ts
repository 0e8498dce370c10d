import { Hono } from "hono";
import * as z from "zod";
import { DAY } from "./calendar.ts";
import {
  answerChallenge,
  CHECKOUT_ORDER,
  challengeSession,
  completeSession,
  declineSession,
  expireSession,
  SETTLEMENT_ORDER,
  settleSession,
} from "./checkout.ts";
import { payerOf, successUrl } from "./checkout-pages.ts";
import { controlCustomers } from "./control-customers.ts";
import { controlMoney } from "./control-money.ts";
import { idsOf, read } from "./control-request.ts";
import type { Deliveries } from "./deliveries.ts";
import { StripeError } from "./errors.ts";
import { FAULT, type Faults } from "./faults.ts";
import { existing } from "./lookup.ts";
import type { RequestLog } from "./request-log.ts";
import { advance, catchUp } from "./schedule.ts";
import type { Event } from "./wire.ts";
import { BY_ITSELF, type World } from "./world.ts";

const PAY = z
  .strictObject({
    session: z.string(),
    decline: z.boolean().default(false),
    /** Pay from a bank account. `settle` then gives the bank's response. */
    later: z.boolean().default(false),
    /** Pay with a card that requires authentication, and the outcome of that authentication. */
    three_d_secure: z.enum(["complete", "fail"]).optional(),
    /** The payer, if the session does not have one yet. */
    email: z.email().default("guest@example.org"),
    name: z.string().default("Test Payer"),
  })
  .refine(({ decline, later, three_d_secure }) => [decline, later, three_d_secure].filter(Boolean).length <= 1, {
    error: "use only one of decline, later, and three_d_secure",
  });
const SETTLE = z.strictObject({ session: z.string(), succeed: z.boolean(), retry: z.boolean().default(false) });
const EXPIRE = z.strictObject({ session: z.string() });
const ADVANCE = z.strictObject({ days: z.int().min(0), match: z.string().optional() });
const WEBHOOKS = z.strictObject({ url: z.url().optional(), secret: z.string().min(1).optional() });
const MODE = z.strictObject({
  mode: z.enum(["normal", "withhold", "reverse", "duplicate", "manual"]),
  match: z.string().min(1).optional(),
});
const DELIVER = z.strictObject({ event_ids: z.array(z.string()).min(1), times: z.int().min(1).default(1) });

export interface Controlled {
  world: World;
  deliveries: Deliveries;
  faults: Faults;
  log: RequestLog;
  changed: () => void;
}

/** The JSON API that tests and developers use to control the stand-in. Mount it at `/_control`. */
export function control({ world, deliveries, faults, log, changed }: Controlled): Hono {
  const app = new Hono();

  app.get("/requests", (context) => context.json({ requests: log.matching(context.req.query("match") ?? "") }));

  app.post("/pay", async (context) => {
    const { session: id, decline, later, three_d_secure, email, name } = await read(context, PAY);
    catchUp(world);
    const session = existing(world.state.sessions, "checkout.session", id);
    const payer = payerOf(session, email, name);
    const pay = () => {
      if (decline) declineSession(world, session, payer);
      else if (three_d_secure) {
        challengeSession(world, session, payer);
        answerChallenge(world, session, three_d_secure === "complete");
      } else completeSession(world, session, payer, later ? "bank_account" : "card");
    };
    const completes = !decline && three_d_secure !== "fail";
    const { events } = world.act(BY_ITSELF, pay, completes ? CHECKOUT_ORDER : []);
    return context.json({ event_ids: idsOf(events), redirect_url: completes ? successUrl(session) : null });
  });

  app.post("/settle", async (context) => {
    const { session: id, succeed, retry } = await read(context, SETTLE);
    const session = existing(world.state.sessions, "checkout.session", id);
    const { events } = world.act(BY_ITSELF, () => settleSession(world, session, succeed, retry), SETTLEMENT_ORDER);
    return context.json({ event_ids: idsOf(events) });
  });

  app.post("/expire", async (context) => {
    const { session: id } = await read(context, EXPIRE);
    const session = existing(world.state.sessions, "checkout.session", id);
    const { events } = world.act(BY_ITSELF, () => expireSession(world, session));
    return context.json({ event_ids: idsOf(events) });
  });

  app.post("/advance", async (context) => {
    const { days, match } = await read(context, ADVANCE);
    const { owners, events } = advance(world, days * DAY, match);
    changed();
    return context.json({ moved: owners, event_ids: idsOf(events) });
  });

  app.post("/webhooks", async (context) => {
    deliveries.setEndpoint(await read(context, WEBHOOKS));
    return context.json({});
  });

  app.post("/deliveries", async (context) => {
    const { mode, match } = await read(context, MODE);
    deliveries.setMode(mode, match);
    return context.json({});
  });

  app.get("/deliveries", (context) => {
    const { match = "", after } = context.req.query();
    const all = [...world.state.events.values()];
    const later = after === undefined ? all : all.slice(all.indexOf(existing(world.state.events, "event", after)) + 1);
    const shown = match === "" ? later : later.filter((event) => textOf(event).includes(match));
    return context.json({ deliveries: shown.map((event) => describe(world, event)) });
  });

  // Stripe lists events for 30 days: https://docs.stripe.com/api/events
  app.post("/forget_events", (context) => {
    const forgotten = world.state.events.size;
    world.state.events.clear();
    world.state.deliveries.clear();
    changed();
    return context.json({ forgotten });
  });

  app.post("/deliver", async (context) => {
    const { event_ids, times } = await read(context, DELIVER);
    for (const id of event_ids) existing(world.state.events, "event", id);
    return context.json({ deliveries: await deliveries.deliver(event_ids, times) });
  });

  app.post("/faults", async (context) => {
    faults.add(await read(context, FAULT));
    return context.json({});
  });

  app.delete("/faults", (context) => {
    faults.clear();
    return context.json({});
  });

  app.route("/", controlMoney(world, changed));
  app.route("/", controlCustomers(world, changed));

  app.onError((error, context) => {
    if (error instanceof StripeError) return context.json({ error: error.message }, error.status === 404 ? 404 : 409);
    if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
    throw error;
  });

  return app;
}

const texts = new WeakMap<Event, string>();

/** An event as searchable text. Cached, because only its delivery state ever changes. */
function textOf(event: Event): string {
  const text = texts.get(event) ?? JSON.stringify(event);
  texts.set(event, text);
  return text;
}

function describe({ state }: World, event: Event) {
  const delivery = state.deliveries.get(event.id);
  return {
    event_id: event.id,
    type: event.type,
    state: delivery?.state ?? null,
    delivered: delivery?.state === "delivered",
    attempts: delivery?.attempts ?? 0,
    last_status: delivery?.last_status ?? null,
    last_error: delivery?.last_error ?? null,
  };
}
