import { Hono } from "hono";
import { html } from "hono/html";
import { enterCard, isDeclined, methodOf } from "./cards.ts";
import { payHostedInvoice } from "./hosted-invoice.ts";
import { formatMoney } from "./money.ts";
import { formatDate, layout, table } from "./page-layout.ts";
import { pauseSubscription } from "./pausing.ts";
import { catchUp } from "./schedule.ts";
import { changeSubscription, endsAt, periodOf } from "./subscribing.ts";
import type { Charge, Invoice, Subscription } from "./wire.ts";
import { BY_ITSELF, type World } from "./world.ts";

/** The customer portal, and the pages that invoices and charges link to. */
export function accountPages(world: World): Hono {
  const app = new Hono();

  app.get("/portal/:id", (context) => {
    catchUp(world);
    const session = world.state.portal_sessions.get(context.req.param("id"));
    if (!session) return context.notFound();
    const card = newCard(session.id, cardByDefault(session.customer));
    if (session.flow) return context.html(layout("A new card", html`<div class="card">${card}</div>`));
    const of = <T extends { customer: string | null }>(all: Map<string, T>) =>
      [...all.values()].filter((it) => it.customer === session.customer).reverse();
    const invoices = of(world.state.invoices).map((invoice) => [
      html`<a href="/invoice/${invoice.id}">${invoice.number ?? "draft"}</a>`,
      formatDate(invoice.created),
      invoice.status ?? "",
      formatMoney(invoice.total, invoice.currency),
    ]);
    return context.html(
      layout(
        "Your membership payments",
        html`<div class="card">
          <h1>Your membership payments</h1>
          <p>${world.state.customers.get(session.customer)?.email ?? session.customer}</p>
          ${of(world.state.subscriptions).map((subscription) => manage(session.id, subscription, paidWith(subscription)))}
          ${card}
          ${table("Invoices", ["Number", "Date", "Status", "Amount"], invoices)}
          ${session.return_url === null ? "" : html`<a class="button" href="${session.return_url}">Back to the site</a>`}
        </div>`,
      ),
    );
  });

  app.post("/portal/:id/card", async (context) => {
    const session = world.state.portal_sessions.get(context.req.param("id"));
    const customer = world.state.customers.get(session?.customer ?? "");
    if (!session || !customer) return context.notFound();
    const { card } = await context.req.parseBody();
    world.act(BY_ITSELF, () => enterCard(world, customer, card === "declined" ? "declined" : "accepted"));
    return context.redirect(session.flow?.after_completion.redirect?.return_url ?? `/portal/${session.id}`, 303);
  });

  app.post("/portal/:id/:subscription/:deed{cancel|keep}", (context) => {
    const session = world.state.portal_sessions.get(context.req.param("id"));
    const subscription = world.state.subscriptions.get(context.req.param("subscription"));
    if (!session || subscription?.customer !== session.customer) return context.notFound();
    // With flexible billing, the cancellation date is a moment: the end of the period.
    const cancel_at = context.req.param("deed") === "cancel" ? periodOf(subscription).end : null;
    if (subscription.status !== "canceled") {
      world.act(BY_ITSELF, () => changeSubscription(world, subscription, endsAt(world, subscription, cancel_at)));
    }
    return context.redirect(`/portal/${session.id}`, 303);
  });

  app.post("/portal/:id/:subscription/pause", (context) => {
    const session = world.state.portal_sessions.get(context.req.param("id"));
    const subscription = world.state.subscriptions.get(context.req.param("subscription"));
    if (!session || subscription?.customer !== session.customer) return context.notFound();
    if (subscription.status === "active") {
      world.act(BY_ITSELF, () => pauseSubscription(world, subscription, "pause_requested"));
    }
    return context.redirect(`/portal/${session.id}`, 303);
  });

  app.post("/invoice/:id", (context) => {
    const invoice = world.state.invoices.get(context.req.param("id"));
    if (!invoice) return context.notFound();
    if (isPayable(invoice)) world.act(BY_ITSELF, () => payHostedInvoice(world, invoice));
    return context.redirect(`/invoice/${invoice.id}`, 303);
  });

  app.get("/invoice/:id", (context) => {
    const invoice = world.state.invoices.get(context.req.param("id"));
    if (!invoice) return context.notFound();
    const lines = invoice.lines.data.map((line) => [
      line.description ?? "",
      `${formatDate(line.period.start)} to ${formatDate(line.period.end)}`,
      formatMoney(line.amount, line.currency),
    ]);
    return context.html(
      layout(
        `Invoice ${invoice.number ?? ""}`,
        html`<div class="card">
          <h1>Invoice ${invoice.number ?? "(draft)"}: ${invoice.status}</h1>
          <p>${invoice.customer_email ?? ""}</p>
          ${table("Lines", ["What", "Period", "Amount"], lines)}
          <p><strong>Total ${formatMoney(invoice.total, invoice.currency)}</strong></p>
          ${isPayable(invoice) ? html`<form method="post"><button type="submit">Pay with a card that works</button></form>` : ""}
        </div>`,
      ),
    );
  });

  app.get("/receipt/:id", (context) => {
    const charge = world.state.charges.get(context.req.param("id"));
    if (!charge) return context.notFound();
    return context.html(
      layout(
        "Receipt",
        html`<div class="card">
          <h1>Receipt for ${formatMoney(charge.amount, charge.currency)}</h1>
          <p>${charge.description ?? ""}</p>
          <p>${formatDate(charge.created)}, ${charge.status}, ${source(charge)}</p>
          <p>Refunded: ${formatMoney(charge.amount_refunded, charge.currency)}</p>
        </div>`,
      ),
    );
  });

  /** The card that the customer entered here last, if any. */
  function cardByDefault(customer: string): string {
    const method = world.state.customers.get(customer)?.invoice_settings.default_payment_method;
    const { card } = world.state.payment_methods.get(method ?? "") ?? {};
    return card ? `The default is the card ending in ${card.last4}.` : "";
  }

  /** How the subscription is paid, with a warning if the next payment will be declined. */
  function paidWith(subscription: Subscription): string {
    const method = methodOf(world, subscription);
    const { card, us_bank_account } = method ?? {};
    const works = isDeclined(world, subscription, method) ? " The next payment will be declined." : "";
    if (card) return `Paid with the card ending in ${card.last4}, ${expiry(card.exp_month, card.exp_year)}.${works}`;
    return us_bank_account ? `Paid from the bank account ending in ${us_bank_account.last4}.${works}` : works.trim();
  }

  return app;
}

const newCard = (portal: string, by_default: string) => html`<h2>Card</h2>
          <p>${by_default}</p>
          <form method="post" action="/portal/${portal}/card">
            <button type="submit" name="card" value="accepted">Enter a card that works</button>
            <button type="submit" name="card" value="declined">Enter a card that is declined</button>
          </form>`;

function manage(portal: string, subscription: Subscription, paid_with: string) {
  const ends = subscription.cancel_at !== null;
  const { end } = periodOf(subscription);
  if (subscription.status === "canceled")
    return html`<h2>Membership</h2><p>Ended on ${formatDate(subscription.ended_at ?? end)}.</p>`;
  return html`<h2>Membership: ${subscription.status}</h2>
    <p>${ends ? "Ends" : "Renews"} on ${formatDate(subscription.cancel_at ?? end)}. ${paid_with}</p>
    <form method="post" action="/portal/${portal}/${subscription.id}/${ends ? "keep" : "cancel"}">
      <button type="submit">${ends ? "Do not cancel" : "Cancel at the end of the period"}</button>
    </form>
    ${
      subscription.status === "active"
        ? html`<form method="post" action="/portal/${portal}/${subscription.id}/pause">
            <button type="submit">Pause</button>
          </form>`
        : ""
    }`;
}

const isPayable = ({ status }: Invoice) => status === "open" || status === "uncollectible";

function source({ payment_method_details }: Charge): string {
  const { card, us_bank_account } = payment_method_details ?? {};
  return card ? `card ending in ${card.last4}` : `bank account ending in ${us_bank_account?.last4}`;
}

/** A card's expiry date, as printed on the card. */
function expiry(month: number, year: number): string {
  return `valid until ${String(month).padStart(2, "0")}/${year}`;
}
