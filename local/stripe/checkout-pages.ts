import { Hono } from "hono";
import { html } from "hono/html";
import { CHECKOUT_ORDER, completeSession, declineSession, type Payer } from "./checkout.ts";
import { formatMoney } from "./money.ts";
import { DECLINED } from "./objects/charge.ts";
import { alert, layout } from "./page-layout.ts";
import { email as emailSchema } from "./parameters.ts";
import { catchUp } from "./schedule.ts";
import type { LineItem, Session } from "./wire.ts";
import { BY_ITSELF, type World } from "./world.ts";

/** The page a payer is sent to, and what its buttons do. */
export function checkoutPages(world: World): Hono {
  const app = new Hono();

  app.get("/checkout/:id", (context) => {
    const session = sessionOf(world, context.req.param("id"));
    if (!session) return context.html(noSession(), 404);
    return context.html(page(world, session, payerOf(session, "", "")), session.status === "expired" ? 410 : 200);
  });

  app.post("/checkout/:id/:deed{pay|decline}", async (context) => {
    const session = sessionOf(world, context.req.param("id"));
    if (!session) return context.html(noSession(), 404);
    if (session.status !== "open") return context.redirect(`/checkout/${session.id}`, 303);
    const { email, name } = await context.req.parseBody();
    const payer = payerOf(
      session,
      typeof email === "string" ? email.trim() : "",
      typeof name === "string" ? name.trim() : "",
    );
    if (!emailSchema.safeParse(payer.email).success) {
      return context.html(page(world, session, payer, "Enter an e-mail address such as name@example.org."), 400);
    }
    if (context.req.param("deed") === "decline") {
      world.act(BY_ITSELF, () => declineSession(world, session, payer));
      return context.html(page(world, session, payer, DECLINED.message), 402);
    }
    world.act(BY_ITSELF, () => completeSession(world, session, payer), CHECKOUT_ORDER);
    return context.redirect(successUrl(session), 303);
  });

  return app;
}

/** A session's own e-mail address and name come before what is typed in. */
export function payerOf(session: Session, email: string, name: string): Payer {
  const known = session.customer_details;
  return { email: known?.email ?? email, name: known?.name ?? (name === "" ? null : name) };
}

export function successUrl(session: Session): string {
  return (session.success_url ?? "").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

function sessionOf(world: World, id: string): Session | undefined {
  catchUp(world);
  return world.state.sessions.get(id);
}

function noSession() {
  return layout("No such session", html`<h1>There is no such checkout session</h1><p><a href="/">All sessions</a></p>`);
}

function page(world: World, session: Session, payer: Payer, problem?: string) {
  if (session.status === "open") return openPage(world, session, payer, problem);
  const done = session.status === "complete";
  const back = done ? successUrl(session) : session.cancel_url;
  return layout(
    done ? "Paid" : "Expired",
    html`<div class="card">
      <h1>${done ? "This checkout is complete" : "This checkout has expired"}</h1>
      <p>${done ? "It has been paid and cannot be paid again." : "It can no longer be paid. Start again from the site you came from."}</p>
      ${back === null ? "" : html`<a class="button" href="${back}">Back to the site</a>`}
    </div>`,
  );
}

/** What was typed in before is still there after a problem. */
function openPage(world: World, session: Session, payer: Payer, problem: string | undefined) {
  const lines = world.state.orders.get(session.id)?.line_items ?? [];
  const currency = session.currency ?? "usd";
  const total = formatMoney(session.amount_total ?? 0, currency);
  const email = session.customer_details?.email;
  return layout(
    `Pay ${total}`,
    html`<div class="card">
      <h1>Pay ${total}</h1>
      ${alert(problem)}
      <table>
        <thead><tr><th scope="col">Item</th><th scope="col" class="amount">Amount</th></tr></thead>
        <tbody>${lines.map((line) => row(world, line))}</tbody>
        <tfoot><tr><th scope="row">Total due today</th><td class="amount"><strong>${total}</strong></td></tr></tfoot>
      </table>
      <form method="post" action="/checkout/${session.id}/pay">
        ${
          email
            ? html`<p>Receipt to <strong>${email}</strong></p>`
            : html`<label for="email">E-mail address</label>
              <input id="email" name="email" type="email" autocomplete="email" value="${payer.email}" required>`
        }
        <label for="name">Name on card</label>
        <input id="name" name="name" autocomplete="cc-name" value="${payer.name ?? ""}">
        <button class="main" type="submit">Pay</button>
        <button type="submit" formaction="/checkout/${session.id}/decline">Pay with a card that is declined</button>
      </form>
      ${session.cancel_url === null ? "" : html`<a class="button" href="${session.cancel_url}">Cancel</a>`}
    </div>`,
  );
}

function row(world: World, { amount_total, currency, description, price, quantity }: LineItem) {
  const about = world.state.products.get(price?.product ?? "")?.description;
  const { interval, interval_count = 1 } = price?.recurring ?? {};
  const rhythm = interval && (interval_count === 1 ? `every ${interval}` : `every ${interval_count} ${interval}s`);
  return html`<tr>
    <td>${description}${(quantity ?? 1) > 1 ? ` × ${quantity}` : ""}
      <br><span class="soft">${[about, rhythm ?? "once"].filter(Boolean).join(" · ")}</span></td>
    <td class="amount">${formatMoney(amount_total, currency)}</td>
  </tr>`;
}
