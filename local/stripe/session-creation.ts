import type * as z from "zod";
import { DAY } from "./calendar.ts";
import { invalidRequest } from "./errors.ts";
import { existing } from "./lookup.ts";
import { buildSession } from "./objects/checkout-session.ts";
import { mergeMetadata } from "./parameters.ts";
import { checkLines, createLines } from "./session-lines.ts";
import type { CREATE_SESSION } from "./session-parameters.ts";
import type { Session } from "./wire.ts";
import type { World } from "./world.ts";

type Input = z.output<z.ZodObject<typeof CREATE_SESSION>>;

/** Creates a checkout session, or rejects it as Stripe would. Its clock starts at real time, to match the caller's. */
export function createSession(world: World, input: Input): Session {
  const { mode, payment_intent_data = {}, subscription_data = {} } = input;
  const now = world.now(null);
  checkTogether(input);
  checkExpiry(now, input.expires_at);
  const customer =
    input.customer === undefined ? null : existing(world.state.customers, "customer", input.customer, "customer");
  const { total, currency } = checkLines(mode, input.line_items);
  const session = buildSession(now, world.stripe_url, {
    allowed_payment_method_types: input.allowed_payment_method_types ?? null,
    allow_promotion_codes: input.allow_promotion_codes ?? null,
    amount: total,
    billing_address_collection: input.billing_address_collection ?? null,
    cancel_url: input.cancel_url ?? null,
    client_reference_id: input.client_reference_id ?? null,
    currency,
    customer,
    customer_creation: customerCreation(input),
    customer_email: input.customer_email ?? null,
    expires_at: input.expires_at ?? now + DAY,
    locale: input.locale ?? null,
    metadata: mergeMetadata({}, input.metadata),
    mode,
    submit_type: input.submit_type ?? null,
    success_url: input.success_url,
  });
  world.state.sessions.set(session.id, session);
  world.state.orders.set(session.id, {
    line_items: createLines(world, input.line_items),
    subscription_data: {
      description: subscription_data.description ?? null,
      metadata: mergeMetadata({}, subscription_data.metadata),
    },
    payment_intent_data: {
      description: payment_intent_data.description ?? null,
      metadata: mergeMetadata({}, payment_intent_data.metadata),
      receipt_email: payment_intent_data.receipt_email ?? null,
      statement_descriptor_suffix: payment_intent_data.statement_descriptor_suffix ?? null,
    },
    payment_intent: null,
    challenged_card: null,
  });
  return session;
}

/** Rejects parameters that cannot be combined. */
function checkTogether(input: Input): void {
  const { mode } = input;
  if (input.customer !== undefined && input.customer_email !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: customer, customer_email.", "customer");
  }
  if (mode === "payment" && input.subscription_data) {
    throw invalidRequest("You can not pass `subscription_data` in `payment` mode.", "subscription_data");
  }
  if (mode === "subscription" && input.payment_intent_data) {
    throw invalidRequest("You can not pass `payment_intent_data` in `subscription` mode.", "payment_intent_data");
  }
  if (mode === "subscription" && input.customer_creation !== undefined) {
    throw invalidRequest("You can not pass `customer_creation` in `subscription` mode.", "customer_creation");
  }
  if (input.customer !== undefined && input.customer_creation !== undefined) {
    throw invalidRequest("You can not pass `customer_creation` with a `customer`.", "customer_creation");
  }
}

function checkExpiry(now: number, expires_at: number | undefined): void {
  if (expires_at === undefined) return;
  if (expires_at < now + 30 * 60) {
    throw invalidRequest("`expires_at` must be at least 30 minutes after the session's creation.", "expires_at");
  }
  if (expires_at > now + DAY) {
    throw invalidRequest("`expires_at` must be at most 24 hours after the session's creation.", "expires_at");
  }
}

/** A subscription always has a customer. A payment creates one only if asked to. */
function customerCreation({ customer, customer_creation, mode }: Input): "always" | "if_required" | null {
  if (customer !== undefined) return null;
  if (mode === "subscription") return "always";
  return customer_creation ?? "if_required";
}
