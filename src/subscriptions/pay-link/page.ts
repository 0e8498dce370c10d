import { html } from "hono/html";
import type { Settings } from "../../env.ts";
import { page } from "../../http/page.ts";
import { PAGE_LOCALE, pageWords } from "../../http/page-words.ts";
import { formatsFor } from "../../mail/formats.ts";
import { priceOf } from "../../mail/plan-words.ts";
import { recurs } from "../checkout/create-session.ts";
import type { DuesOffer, PayLinkToken } from "./schemas.ts";

const say = pageWords();

const formatsOf = ({ currency, time_zone }: DuesOffer) =>
  formatsFor({ locale: PAGE_LOCALE, currency, time_zone, own_time_zone: null });

/** What the link offers, with one button at most. It names nobody: the mail may have been forwarded. */
export const payPage = (offer: DuesOffer, settings: Settings, { token }: PayLinkToken) =>
  page(
    {
      title: say(isOpen(offer) ? "your_dues" : "nothing_to_pay_now"),
      message: about(offer),
      organisation: offer.organisation,
    },
    settings,
    formOf(offer, `/api/pay/${token}`),
  );

const isOpen = ({ situation }: DuesOffer) => !["renews", "settled", "paused", "processing"].includes(situation);

function about(offer: DuesOffer): string {
  const { situation, amount_cents, term_end, member_until } = offer;
  const format = formatsOf(offer);
  const day = term_end && format.lastDay(term_end);
  const amount = format.money(amount_cents ?? 0);
  switch (situation) {
    case "choose":
      return aboutChoice(offer);
    case "overdue":
      return member_until
        ? say("overdue_member", { amount, day: format.lastDay(member_until) })
        : say("overdue", { amount });
    case "renews":
      if (!day) return say("paid_for_life");
      return offer.ends ? say("ends", { day }) : say("renews", { day: format.day(term_end), amount });
    case "settled":
      return day ? say("paid_until", { day }) : say("paid_for_life");
    default:
      return say(situation);
  }
}

function aboutChoice(offer: DuesOffer): string {
  const { term_end, member_until, plans } = offer;
  const { lastDay } = formatsOf(offer);
  const runs_until = member_until ? null : term_end;
  if (plans.length === 0 && runs_until) return say("no_plan_yet", { day: lastDay(runs_until) });
  if (plans.length === 0) return say("no_plan_on_offer");
  if (runs_until) return say(replacesTerm(plans) ? "free_term" : "next_term", { day: lastDay(runs_until) });
  return member_until ? say("term_over", { day: lastDay(member_until) }) : say("membership_begins");
}

/** A plan that renews is only offered during a term if that is free. It does not wait for the end. */
const replacesTerm = (plans: DuesOffer["plans"]): boolean =>
  plans.some(({ price_cents, billing_cycle }) => price_cents > 0 && recurs(billing_cycle));

function formOf(offer: DuesOffer, action: string) {
  switch (offer.situation) {
    case "choose":
      return offer.plans.length > 0 ? choices(offer, action) : "";
    case "overdue":
      return form(action, say("pay_dues"), "other_payment");
    case "renews":
      return offer.ends ? "" : form(action, say("new_card"), "to_cancel");
    default:
      return "";
  }
}

const form = (action: string, label: string, note: "other_payment" | "to_cancel") =>
  html`<form method="post" action="${action}"><button>${label}</button></form>
        <p class="onward">${say(note)}</p>`;

function choices(offer: DuesOffer, action: string) {
  const { plans, plan_id, currency } = offer;
  const format = formatsOf(offer);
  const chosen = plan_id ?? plans[0]?.id;
  return html`<form method="post" action="${action}">
        <fieldset>
          <legend>${say("choose_plan")}</legend>
          ${plans.map((plan) => {
            const [name, price] = priceOf(plan, { say, format });
            return html`<label class="choice"><input type="radio" name="plan_id" value="${plan.id}"${plan.id === chosen ? html` checked` : ""} required /><span>${name}: ${price}</span>${plan.description && html`<small>${plan.description}</small>`}</label>`;
          })}
        </fieldset>
        ${
          plans.some(({ donation_allowed }) => donation_allowed)
            ? html`<label for="donation">${say("donation_on_top", { currency: currency.toUpperCase() })}</label>
        <input id="donation" name="donation" type="text" inputmode="decimal" autocomplete="off" />`
            : ""
        }
        <button>${say("go_on")}</button>
      </form>
        <p class="onward">${say("other_payment")}</p>`;
}
