import { Hono } from "hono";
import { html } from "hono/html";
import { formatMoney } from "./money.ts";
import { formatDate, layout, table } from "./page-layout.ts";
import { catchUp } from "./schedule.ts";
import { changeSubscription, endsWithPeriod, periodOf } from "./subscribing.ts";
import type { Subscription } from "./wire.ts";
import { BY_ITSELF, type World } from "./world.ts";

/** The customer portal, and the documents that invoices and charges link to. */
export function accountPages(world: World): Hono {
  const app = new Hono();

  app.get("/portal/:id", (context) => {
    catchUp(world);
    const session = world.state.portal_sessions.get(context.req.param("id"));
    if (!session) return context.notFound();
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
          ${of(world.state.subscriptions).map((subscription) => manage(session.id, subscription, declines(subscription)))}
          ${table("Invoices", ["Number", "Date", "Status", "Amount"], invoices)}
          ${session.return_url === null ? "" : html`<a class="button" href="${session.return_url}">Back to the site</a>`}
        </div>`,
      ),
    );
  });

  app.post("/portal/:id/:subscription/:deed{cancel|keep|good-card|bad-card}", (context) => {
    const session = world.state.portal_sessions.get(context.req.param("id"));
    const subscription = world.state.subscriptions.get(context.req.param("subscription"));
    if (!session || subscription?.customer !== session.customer) return context.notFound();
    const deed = context.req.param("deed");
    world.act(BY_ITSELF, () => {
      if (deed.endsWith("card")) world.state.declines.set(subscription.id, deed === "bad-card");
      else if (subscription.status !== "canceled") {
        changeSubscription(world, subscription, endsWithPeriod(world, subscription, deed === "cancel"));
      }
    });
    return context.redirect(`/portal/${session.id}`, 303);
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
          <p>${formatDate(charge.created)}, card ending in ${charge.payment_method_details?.card?.last4 ?? ""}</p>
          <p>Refunded: ${formatMoney(charge.amount_refunded, charge.currency)}</p>
        </div>`,
      ),
    );
  });

  function declines({ id, customer }: Subscription): boolean {
    return world.state.declines.get(id) ?? world.state.declines.get(customer) ?? false;
  }

  return app;
}

function manage(portal: string, subscription: Subscription, declined: boolean) {
  const to = (deed: string) => `/portal/${portal}/${subscription.id}/${deed}`;
  const ends = subscription.cancel_at_period_end;
  const { end } = periodOf(subscription);
  if (subscription.status === "canceled")
    return html`<h2>Membership</h2><p>Ended on ${formatDate(subscription.ended_at ?? end)}.</p>`;
  return html`<h2>Membership: ${subscription.status}</h2>
    <p>${ends ? "Ends" : "Renews"} on ${formatDate(end)}. ${declined ? "The saved card will be declined." : ""}</p>
    <form method="post" action="${to(ends ? "keep" : "cancel")}">
      <button type="submit">${ends ? "Do not cancel" : "Cancel at the end of the period"}</button>
    </form>
    <form method="post" action="${to(declined ? "good-card" : "bad-card")}">
      <button type="submit">${declined ? "Replace the card by one that works" : "Replace the card by one that is declined"}</button>
    </form>`;
}
