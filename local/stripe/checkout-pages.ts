import { Hono } from "hono";
import { html } from "hono/html";
import {
  answerChallenge,
  authenticationUrl,
  CHECKOUT_ORDER,
  challengeSession,
  completeSession,
  declineSession,
  type Payer,
  SETTLEMENT_ORDER,
  settleSession,
  waitsForBank,
} from "./checkout.ts";
import { formatMoney } from "./money.ts";
import { DECLINED, UNAUTHENTICATED } from "./objects/charge.ts";
import { CARD_NUMBERS } from "./objects/payment-method.ts";
import { alert, layout } from "./page-layout.ts";
import { email as emailSchema } from "./parameters.ts";
import { catchUp } from "./schedule.ts";
import type { LineItem, Session } from "./wire.ts";
import { BY_ITSELF, type World } from "./world.ts";

/** The hosted checkout page and the actions behind its buttons. */
export function checkoutPages(world: World): Hono {
  const app = new Hono();

  app.get("/checkout/:id", (context) => {
    const session = sessionOf(world, context.req.param("id"));
    if (!session) return context.html(noSession(), 404);
    return context.html(page(world, session, payerOf(session, "", "")), session.status === "expired" ? 410 : 200);
  });

  app.post("/checkout/:id/:deed{pay|decline|later|authenticate}", async (context) => {
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
      return context.html(page(world, session, payer, "Enter an email address, such as name@example.org."), 400);
    }
    const deed = context.req.param("deed");
    if (deed === "decline") {
      world.act(BY_ITSELF, () => declineSession(world, session, payer));
      return context.html(page(world, session, payer, DECLINED.message), 402);
    }
    if (deed === "authenticate") {
      world.act(BY_ITSELF, () => challengeSession(world, session, payer));
      return context.redirect(authenticationUrl(world, session), 303);
    }
    const means = deed === "later" ? "bank_account" : "card";
    world.act(BY_ITSELF, () => completeSession(world, session, payer, means), CHECKOUT_ORDER);
    return context.redirect(successUrl(session), 303);
  });

  app.get("/checkout/:id/authentication", (context) => {
    const session = sessionOf(world, context.req.param("id"));
    if (!session) return context.html(noSession(), 404);
    if (!isChallenged(world, session)) return context.redirect(`/checkout/${session.id}`, 303);
    return context.html(authenticationPage(session));
  });

  app.post("/checkout/:id/authentication/:answer{complete|fail}", (context) => {
    const session = sessionOf(world, context.req.param("id"));
    if (!session) return context.html(noSession(), 404);
    if (!isChallenged(world, session)) return context.redirect(`/checkout/${session.id}`, 303);
    const passed = context.req.param("answer") === "complete";
    world.act(BY_ITSELF, () => answerChallenge(world, session, passed), passed ? CHECKOUT_ORDER : []);
    if (passed) return context.redirect(successUrl(session), 303);
    return context.html(page(world, session, payerOf(session, "", ""), UNAUTHENTICATED), 402);
  });

  app.post("/checkout/:id/bank/:answer{pays|refuses}", (context) => {
    const session = sessionOf(world, context.req.param("id"));
    if (!session) return context.html(noSession(), 404);
    if (waitsForBank(world, session)) {
      const paid = context.req.param("answer") === "pays";
      world.act(BY_ITSELF, () => settleSession(world, session, paid), SETTLEMENT_ORDER);
    }
    return context.redirect(`/checkout/${session.id}`, 303);
  });

  return app;
}

/** The session's own email address and name take precedence over what the payer types. */
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
  return layout("Session not found", html`<h1>Checkout session not found</h1><p><a href="/">All sessions</a></p>`);
}

function page(world: World, session: Session, payer: Payer, problem?: string) {
  if (session.status === "open") return openPage(world, session, payer, problem);
  const [title, heading, sentence] = ending(world, session);
  const back = session.status === "complete" ? successUrl(session) : session.cancel_url;
  return layout(
    title,
    html`<div class="card">
      <h1>${heading}</h1>
      <p>${sentence}</p>
      ${
        waitsForBank(world, session)
          ? html`<form method="post" action="/checkout/${session.id}/bank/pays">
              <button class="main" type="submit">Approve the bank payment</button>
              <button type="submit" formaction="/checkout/${session.id}/bank/refuses">Reject the bank payment</button>
            </form>`
          : ""
      }
      ${back === null ? "" : html`<a class="button" href="${back}">Return to the site</a>`}
    </div>`,
  );
}

/** The title, heading, and text for a session that is no longer open for payment. */
function ending(world: World, session: Session): [string, string, string] {
  if (session.status === "expired") {
    return ["Expired", "This checkout has expired", "You can no longer pay here. Go back to the site and start again."];
  }
  const complete = "This checkout is complete";
  if (waitsForBank(world, session)) {
    return ["Waiting for the bank", complete, "A real bank takes a few days to respond. Here you choose the outcome."];
  }
  if (session.payment_status === "unpaid") return ["Not paid", complete, "The bank rejected the payment."];
  return ["Paid", complete, "It has been paid. You do not need to pay again."];
}

function authenticationPage(session: Session) {
  return layout(
    "Confirm your payment",
    html`<div class="card">
      <h1>Confirm your payment</h1>
      <p>Your bank wants to confirm that you are paying ${formatMoney(session.amount_total ?? 0, session.currency ?? "usd")}
        with the card ending in ${CARD_NUMBERS.authenticated}.</p>
      <form method="post" action="/checkout/${session.id}/authentication/complete">
        <button class="main" type="submit">Complete authentication</button>
        <button type="submit" formaction="/checkout/${session.id}/authentication/fail">Fail authentication</button>
      </form>
    </div>`,
  );
}

function isChallenged(world: World, session: Session): boolean {
  return session.status === "open" && (world.state.orders.get(session.id)?.challenged_card ?? null) !== null;
}

/** After an error, the form keeps what the payer typed. */
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
            : html`<label for="email">Email address</label>
              <input id="email" name="email" type="email" autocomplete="email" value="${payer.email}" required>`
        }
        <label for="name">Name on card</label>
        <input id="name" name="name" autocomplete="cc-name" value="${payer.name ?? ""}">
        <button class="main" type="submit">Pay</button>
        <button type="submit" formaction="/checkout/${session.id}/authenticate">Pay with a card that requires authentication</button>
        ${
          session.payment_method_types.includes("us_bank_account")
            ? html`<button type="submit" formaction="/checkout/${session.id}/later">Pay from a bank account (settles later)</button>`
            : ""
        }
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
