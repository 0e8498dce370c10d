import { Hono } from "hono";
import * as z from "zod";
import { updateCard } from "./cards.ts";
import { idsOf, read } from "./control-request.ts";
import { payHostedInvoice, settleRenewal } from "./hosted-invoice.ts";
import { existing } from "./lookup.ts";
import { pauseSubscription } from "./pausing.ts";
import { catchUp } from "./schedule.ts";
import { BY_ITSELF, type World } from "./world.ts";

const DECLINE = z.union([
  z.strictObject({ customer: z.string(), decline: z.boolean() }),
  z.strictObject({ subscription: z.string(), decline: z.boolean() }),
]);
const PAUSE = z.strictObject({ subscription: z.string() });
const PORTAL = z.strictObject({ saved: z.boolean() });
const FAILURES = z.strictObject({
  policy: z.enum(["cancel", "pause_first", "pause_first_and_resume", "pause_final", "pause_final_and_resume"]),
  subscription: z.string().optional(),
});
const PAY_INVOICE = z.strictObject({ invoice: z.string() });
const SETTLE_INVOICE = z.strictObject({ invoice: z.string(), succeed: z.boolean() });
const UPDATE_CARD = z.strictObject({
  customer: z.string(),
  exp_month: z.int().min(1).max(12).optional(),
  exp_year: z.int().min(2000).max(2100).optional(),
  last4: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
});

/** Controls for customers, their cards, and their subscriptions. */
export function controlCustomers(world: World, changed: () => void): Hono {
  const app = new Hono();

  app.post("/decline", async (context) => {
    const body = await read(context, DECLINE);
    const { id } =
      "customer" in body
        ? existing(world.state.customers, "customer", body.customer)
        : existing(world.state.subscriptions, "subscription", body.subscription);
    const { declines, payment_methods, subscriptions } = world.state;
    declines.set(id, body.decline);
    const owner = subscriptions.get(id)?.customer ?? id;
    for (const method of payment_methods.values()) if (method.customer === owner) declines.delete(method.id);
    changed();
    return context.json({});
  });

  app.post("/update_card", async (context) => {
    const { customer: id, ...change } = await read(context, UPDATE_CARD);
    const customer = existing(world.state.customers, "customer", id);
    const { result, events } = world.act(BY_ITSELF, () => updateCard(world, customer, change));
    return context.json({ payment_method: result.id, event_ids: idsOf(events) });
  });

  app.post("/pause", async (context) => {
    const { subscription: id } = await read(context, PAUSE);
    const subscription = existing(world.state.subscriptions, "subscription", id);
    const { events } = world.act(BY_ITSELF, () => pauseSubscription(world, subscription, "pause_requested"));
    return context.json({ event_ids: idsOf(events) });
  });

  app.post("/payment_failures", async (context) => {
    const { policy, subscription = "" } = await read(context, FAILURES);
    world.state.failure_rules.set(subscription, policy);
    changed();
    return context.json({});
  });

  app.post("/pay_invoice", async (context) => {
    const { invoice: id } = await read(context, PAY_INVOICE);
    catchUp(world);
    const invoice = existing(world.state.invoices, "invoice", id);
    const { events } = world.act(BY_ITSELF, () => payHostedInvoice(world, invoice));
    return context.json({ event_ids: idsOf(events) });
  });

  app.post("/settle_invoice", async (context) => {
    const { invoice: id, succeed } = await read(context, SETTLE_INVOICE);
    const invoice = existing(world.state.invoices, "invoice", id);
    const { events } = world.act(BY_ITSELF, () => settleRenewal(world, invoice, succeed));
    return context.json({ event_ids: idsOf(events) });
  });

  app.post("/portal", async (context) => {
    world.state.portal_unsaved = !(await read(context, PORTAL)).saved;
    changed();
    return context.json({});
  });

  return app;
}
