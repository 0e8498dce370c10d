import { Hono } from "hono";
import * as z from "zod";
import { idsOf, read } from "./control-request.ts";
import { appeal, closeDispute, openDispute } from "./disputing.ts";
import { existing } from "./lookup.ts";
import { failRefund, settleRefund } from "./refunding.ts";
import type { Charge } from "./wire.ts";
import { BY_ITSELF, type World } from "./world.ts";

const ABOUT_DISPUTE = { amount: z.int().min(1).optional(), inquiry: z.boolean().default(false) };
const DISPUTE = z.union([
  z.strictObject({ charge: z.string(), ...ABOUT_DISPUTE }),
  z.strictObject({ payment_intent: z.string(), ...ABOUT_DISPUTE }),
]);
const CLOSE_DISPUTE = z.strictObject({ dispute: z.string(), status: z.enum(["won", "lost", "warning_closed"]) });
const APPEAL = z.strictObject({ dispute: z.string() });
const REFUND_RULE = z.strictObject({ mode: z.enum(["succeed", "pending"]), match: z.string().min(1).optional() });
const REFUND = z.strictObject({ refund: z.string() });

/** Controls for what banks do after a payment: disputes and slow refunds. */
export function controlMoney(world: World, changed: () => void): Hono {
  const app = new Hono();

  app.post("/dispute", async (context) => {
    const body = await read(context, DISPUTE);
    const charge = chargeOf(world, body);
    const { result, events } = world.act(BY_ITSELF, () =>
      openDispute(world, charge, { amount: body.amount, inquiry: body.inquiry }),
    );
    return context.json({ dispute: result.id, event_ids: idsOf(events) });
  });

  app.post("/close_dispute", async (context) => {
    const { dispute: id, status } = await read(context, CLOSE_DISPUTE);
    const dispute = existing(world.state.disputes, "dispute", id);
    const { events } = world.act(BY_ITSELF, () => closeDispute(world, dispute, status));
    return context.json({ event_ids: idsOf(events) });
  });

  app.post("/appeal_dispute", async (context) => {
    const { dispute: id } = await read(context, APPEAL);
    const dispute = existing(world.state.disputes, "dispute", id);
    const { events } = world.act(BY_ITSELF, () => appeal(world, dispute));
    return context.json({ event_ids: idsOf(events) });
  });

  app.post("/refunds", async (context) => {
    const { mode, match = "" } = await read(context, REFUND_RULE);
    // Delete first, so that the newest rule comes last in the map.
    world.state.refund_rules.delete(match);
    world.state.refund_rules.set(match, mode);
    changed();
    return context.json({});
  });

  app.post("/settle_refund", async (context) => {
    const { refund: id } = await read(context, REFUND);
    const refund = existing(world.state.refunds, "refund", id);
    const { events } = world.act(BY_ITSELF, () => settleRefund(world, refund));
    return context.json({ event_ids: idsOf(events) });
  });

  app.post("/fail_refund", async (context) => {
    const { refund: id } = await read(context, REFUND);
    const refund = existing(world.state.refunds, "refund", id);
    const { events } = world.act(BY_ITSELF, () => failRefund(world, refund));
    return context.json({ event_ids: idsOf(events) });
  });

  return app;
}

function chargeOf({ state }: World, payment: z.output<typeof DISPUTE>): Charge {
  if ("charge" in payment) return existing(state.charges, "charge", payment.charge);
  const { latest_charge } = existing(state.payment_intents, "payment_intent", payment.payment_intent);
  return existing(state.charges, "charge", latest_charge ?? "");
}
