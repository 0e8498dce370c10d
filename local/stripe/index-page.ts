import { html } from "hono/html";
import { newestFirst } from "./endpoint.ts";
import { formatMoney } from "./money.ts";
import { formatTime, layout, table } from "./page-layout.ts";
import type { State } from "./state.ts";
import { periodOf } from "./subscribing.ts";
import type { Charge, Session, Subscription } from "./wire.ts";
import type { World } from "./world.ts";

const SHOWN = 100;

/** The start page: open sessions, subscriptions, charges, and the delivery status of each event. */
export function indexPage({ state }: World) {
  const sessions = newestFirst(state.sessions).slice(0, SHOWN);
  const subscriptions = newestFirst(state.subscriptions).slice(0, SHOWN);
  const charges = newestFirst(state.charges).slice(0, SHOWN);
  const events = newestFirst(state.events).slice(0, SHOWN);
  return layout(
    "Stripe stand-in",
    html`<h1>Stripe stand-in</h1>
    ${table(
      "Checkout sessions",
      ["Session", "Mode", "Amount", "Status", "Payer", "Created"],
      sessions.map((session) => [
        html`<a href="/checkout/${session.id}">${session.id.slice(0, 24)}…</a>`,
        session.mode,
        formatMoney(session.amount_total ?? 0, session.currency ?? "usd"),
        standing(session),
        session.customer_details?.email ?? "",
        formatTime(session.created),
      ]),
    )}
    ${table(
      "Subscriptions",
      ["Subscription", "Customer", "Status", "Period ends", "Then"],
      subscriptions.map((subscription) => [
        subscription.id,
        state.customers.get(subscription.customer)?.email ?? subscription.customer,
        subscription.status,
        formatTime(periodOf(subscription).end),
        outlook(subscription),
      ]),
    )}
    ${table(
      "Charges",
      ["Charge", "For", "Amount", "Refunded", "Status", "Created"],
      charges.map((charge) => [
        html`<a href="/receipt/${charge.id}">${charge.id}</a>`,
        charge.billing_details.email ?? "",
        formatMoney(charge.amount, charge.currency),
        charge.amount_refunded === 0 ? "" : formatMoney(charge.amount_refunded, charge.currency),
        [charge.status, ...disputesOf(state, charge)].join(", "),
        formatTime(charge.created),
      ]),
    )}
    ${table(
      "Events",
      ["Event", "Type", "Created", "Delivery", "Tries", "Last answer"],
      events.map((event) => {
        const delivery = state.deliveries.get(event.id);
        return [
          event.id,
          event.type,
          formatTime(event.created),
          delivery?.state ?? "",
          String(delivery?.attempts ?? 0),
          String(delivery?.last_status ?? delivery?.last_error ?? ""),
        ];
      }),
    )}`,
    "wide",
  );
}

function standing({ payment_status, status }: Session): string {
  return status === "complete" && payment_status === "unpaid" ? "complete, unpaid" : (status ?? "");
}

/** What happens at the end of the period. */
function outlook(subscription: Subscription): string {
  const { cancel_at, status } = subscription;
  if (status === "canceled") return "";
  if (status === "paused") return "paused";
  return cancel_at !== null && cancel_at <= periodOf(subscription).end ? "ends" : "renews";
}

function disputesOf({ disputes }: State, charge: Charge): string[] {
  const own = [...disputes.values()].filter((dispute) => dispute.charge === charge.id);
  return own.map(({ status }) => `dispute ${status.replaceAll("_", " ")}`);
}
