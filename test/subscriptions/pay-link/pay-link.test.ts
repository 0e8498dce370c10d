import { describe, expect, test, vi } from "vitest";
import { links } from "../../../src/http/frontend-links.ts";
import { call, follow, get, logged, outcome, post } from "../../harness/client.ts";
import { type HeardMember, hear, heardMember } from "../../harness/heard-member.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { outgoing, sendDueMails } from "../../harness/outbox.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { payLinkOf } from "../../harness/pay-link.ts";
import { DAY, sessionsFor, stripeApi, subscribed, subscriptionOf, subscriptionsOf } from "../../harness/payments.ts";
import { anyEmail, erase, type Person, person } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { settings, sql, stripe, stripe_url } from "../../harness/platform.ts";
import { inDays, offlineMember, statusOf } from "../../harness/subscriptions.ts";

const BROWSER = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const FORM = { ...BROWSER, "Content-Type": "application/x-www-form-urlencoded" };

const look = (path: string, url?: string) => get(path, { headers: BROWSER, ...(url && { url }) });
const send = (path: string, fields: Record<string, string> = {}, url?: string) =>
  call("POST", path, { headers: FORM, body: new URLSearchParams(fields).toString(), ...(url && { url }) });
/** Where a browser is sent. */
const leadsTo = async (path: string, fields: Record<string, string> = {}) => {
  const { status, headers } = await send(path, fields);
  expect(status).toBe(303);
  return headers.get("Location") ?? "";
};
const situation = async (someone: { id: string; email: string }) =>
  (await follow<{ situation: string }>(await payLinkOf(someone))).body.situation;
const sessionIn = (url: string) => /cs_test_\w+/.exec(url)?.[0] ?? "";

/** The words of a page, without its markup. */
const wordsOn = ({ text }: { text: string }) =>
  (/<main>.*<\/main>/s.exec(text)?.[0] ?? "").replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

/** Their renewal has failed, we know, and the term is over. */
async function overdue(): Promise<HeardMember> {
  const paid = await heardMember();
  await stripe.decline({ customer: paid.customer }, true);
  await stripe.advance(32, paid.customer);
  await hear(paid.customer);
  await sql(
    "update subscriptions set current_term_start = now() - interval '32 days', current_term_end = now() - interval '1 day', grace_ends_at = now() + interval '13 days' where id = $1",
    [paid.subscription_id],
  );
  return paid;
}

describe.concurrent("the button of a mail about dues, where there is no frontend", () => {
  test("leads to a page, from there to Stripe, and to a paid membership, without signing in", async () => {
    const [member, plan_id] = await Promise.all([
      person("payment_pending"),
      plan({ name: `Whole ${anyEmail("year")}` }),
    ]);
    await outgoing(member.email, { template: "payment_reminder", user_id: member.id });
    await sendDueMails();
    const [mail] = await untilMails(member.email);
    const path = /\/api\/pay\/[\w.-]+/.exec(mail?.text ?? "")?.[0] ?? "";
    const page = await look(path);
    expect([page.status, wordsOn(page)]).toEqual([200, expect.stringMatching(/Your dues .*Choose a plan .*Continue/)]);
    expect(page.text).toContain(`value="${plan_id}"`);
    const url = await leadsTo(path, { plan_id, donation: "12,5" });
    expect(url.startsWith(stripe_url)).toBe(true);
    expect(await subscriptionOf(member)).toMatchObject({ plan_id, donation_cents: 1250, status: "pending" });
    await stripe.pay(sessionIn(url), { email: member.email });
    await vi.waitFor(async () => expect(await statusOf(member)).toBe("active"), 10_000);
    expect(wordsOn(await look(path))).toContain("There is nothing to pay now. Your membership renews automatically on");
    const logs = JSON.stringify(logged(page.request_id));
    expect([logs.includes("/api/pay/{token}"), logs.includes(path.slice(-43))]).toEqual([true, false]);
  });

  test("changes nothing by being opened, by people or by scanners", async () => {
    const member = await person("payment_pending");
    const path = await payLinkOf(member);
    const opened = [await look(`${path}?utm_source=mail`), await look(path), await call("HEAD", path)];
    expect(opened.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await subscriptionsOf(member)).toEqual([]);
    expect(await stripe.requests(member.email)).toEqual([]);
  });

  test("leads to a page that names nobody: the mail may be forwarded", async () => {
    const member = await person("payment_pending", {
      first_name: "Wilhelmina",
      last_name: "Harker",
      phone: "+12125550100",
    });
    const path = await payLinkOf(member);
    for (const { text } of [await look(path), await follow(path)])
      for (const known of [member.email, "Wilhelmina", "Harker", "2125550100", member.id])
        expect(text.replaceAll(path, "")).not.toContain(known);
  });

  test("may be pressed twice at once: there is one checkout", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    const path = await payLinkOf(member);
    const [one, two] = await Promise.all([leadsTo(path, { plan_id }), leadsTo(path, { plan_id })]);
    expect(one).toBe(two);
    expect(await sessionsFor((await subscriptionOf(member)).id)).toHaveLength(1);
  });

  test("makes a member at once where the plan is free, and then says that there is nothing to pay", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan({ price_cents: 0 })]);
    const path = await payLinkOf(member);
    expect(await leadsTo(path, { plan_id, donation: "" })).toBe(links.joined(settings));
    expect(await statusOf(member)).toBe("active");
    expect(outcome(await post(path, { plan_id }))).toEqual([409, "nothing_to_pay"]);
    expect(wordsOn(await look(path))).toContain("Nothing to pay Your membership runs until");
  });

  test("answers programs in JSON, and its policy lets forms lead to Stripe", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    const path = await payLinkOf(member);
    expect((await post<{ url: string }>(path, { plan_id })).body.url).toContain(stripe_url);
    expect((await look(path)).headers.get("Content-Security-Policy")).toContain(
      `form-action 'self' https: ${stripe_url}`,
    );
    expect((await look("/api/checkout/paid")).headers.get("Content-Security-Policy")).toMatch(/form-action 'self'$/);
  });
});

describe.concurrent("what a link about dues offers", () => {
  const checkedOn = (text: string) => /value="([\w-]+)" checked/.exec(text)?.[1];

  test("a former member: the plans, with their last one selected", async () => {
    const { member, plan_id } = await offlineMember({ member: await person("inactive"), status: "expired" });
    expect(checkedOn((await look(await payLinkOf(member))).text)).toBe(plan_id);
  });

  test("somebody whose term ends soon: the next term, which begins then", async () => {
    const plan_id = await plan({ billing_cycle: "lifetime" });
    const { member } = await offlineMember({ current_term_start: inDays(-345), current_term_end: inDays(20) });
    const path = await payLinkOf(member);
    const { plans } = (await follow<{ plans: { id: string; billing_cycle: string; price_cents: number }[] }>(path))
      .body;
    // A plan that renews itself cannot follow the rest of a term, and a free one not yet.
    expect(plans.filter((each) => each.billing_cycle === "yearly" || each.price_cents === 0)).toEqual([]);
    expect(wordsOn(await look(path))).toContain("The next term begins then, so you lose nothing by paying early.");
    expect(await leadsTo(path, { plan_id })).toContain(stripe_url);
  });

  test("somebody with a free term: also a plan that renews, and the page says that it does not wait for the end", async () => {
    const plan_id = await plan();
    const { member } = await offlineMember({
      base_subscription_cents: 0,
      payment_method: "complimentary",
      current_term_start: inDays(-345),
      current_term_end: inDays(20),
    });
    const path = await payLinkOf(member);
    expect(wordsOn(await look(path))).toContain("A plan that renews automatically replaces it as soon as you pay.");
    expect(await leadsTo(path, { plan_id })).toContain(stripe_url);
  });

  test("somebody whose overdue dues have ended the membership: to pay them, and it ends no subscription", async () => {
    const { member, subscription_id, stripe_subscription_id } = await overdue();
    await sql("update subscriptions set grace_ends_at = now() - interval '1 hour' where id = $1", [subscription_id]);
    await sql("update users set status = 'inactive' where id = $1", [member.id]);
    const path = await payLinkOf(member);
    expect(outcome(await post(path, { plan_id: await plan() }))).toEqual([409, "already_subscribed"]);
    expect((await stripeApi.subscriptions.retrieve(stripe_subscription_id)).status).toBe("past_due");
    expect([await statusOf(member), await subscriptionsOf(member)]).toEqual(["inactive", [expect.anything()]]);
    expect(await leadsTo(path)).toContain(stripe_url);
  });

  test("somebody who has paid for the next term already: nothing, and paying again is refused", async () => {
    const plan_id = await plan({ billing_cycle: "lifetime" });
    const { member } = await offlineMember({ current_term_start: inDays(-5), current_term_end: inDays(360) });
    const path = await payLinkOf(member);
    expect(wordsOn(await look(path))).toContain("Nothing to pay Your membership runs until");
    const refused = await send(path, { plan_id });
    expect([refused.status, wordsOn(refused)]).toEqual([409, expect.stringContaining("There is nothing to pay now.")]);
    expect(await subscriptionsOf(member)).toHaveLength(1);
  });

  test("somebody whose cash dues are late: to renew, with the day until which they are a member", async () => {
    const { member } = await offlineMember({
      status: "past_due",
      current_term_start: inDays(-370),
      current_term_end: inDays(-5),
      grace_ends_at: inDays(9),
    });
    expect(wordsOn(await look(await payLinkOf(member)))).toContain("Your term is over. You are still a member");
    expect(await leadsTo(await payLinkOf(member), { plan_id: await plan() })).toContain(stripe_url);
  });

  test("somebody whose dues Stripe could not collect: the page to pay them, the same however often", async () => {
    const { member, stripe_subscription_id } = await overdue();
    const path = await payLinkOf(member);
    expect(wordsOn(await look(path))).toMatch(
      /We could not collect your dues of \$25\.00\. You are still a member.*Pay my dues/,
    );
    const [one, two] = await Promise.all([leadsTo(path), leadsTo(path)]);
    const [invoice] = (await stripeApi.invoices.list({ subscription: stripe_subscription_id })).data;
    expect([one, two]).toEqual([invoice?.hosted_invoice_url, invoice?.hosted_invoice_url]);
    await fetch(one, { method: "POST" });
    expect((await stripeApi.invoices.retrieve(invoice?.id ?? "")).status).toBe("paid");
    // We have not heard of it yet.
    expect(outcome(await post(path, {}))).toEqual([409, "nothing_to_pay"]);
  });

  test("somebody whose card pays: a new card and nothing else, with the way back", async () => {
    const { member, customer } = await heardMember();
    const path = await payLinkOf(member);
    expect(wordsOn(await look(path))).toMatch(
      /Nothing to pay .* renews automatically on [^$]* \$25\.00\. Enter a new card/,
    );
    const portal = await leadsTo(path);
    expect(await (await fetch(portal)).text()).not.toContain(member.email);
    const [asked] = (await stripe.requests(customer)).filter((each) => each.path === "/v1/billing_portal/sessions");
    expect(asked?.params).toMatchObject({ flow_data: { type: "payment_method_update" } });
    const done = await fetch(`${portal}/card`, {
      method: "POST",
      body: new URLSearchParams({ card: "accepted" }),
      redirect: "manual",
    });
    expect(done.headers.get("Location")).toBe(links.billing(settings));
  });

  test.for([
    { which: "paused", columns: { status: "paused", paused_at: new Date() }, seen: "paused" },
    {
      which: "taken back by the bank",
      columns: { status: "past_due", stripe_subscription_id: "sub", grace_ends_at: new Date(Date.now() + 9 * DAY) },
      seen: "bank_took_back",
    },
    { which: "for life", columns: { billing_cycle: "lifetime", current_term_end: null }, seen: "settled" },
    {
      which: "waived for life",
      columns: { billing_cycle: "lifetime", current_term_end: null, base_subscription_cents: 0 },
      seen: "settled",
    },
  ])("somebody whose dues are $which: words, and no button", async ({ columns, seen }) => {
    const member = await person();
    await subscribed(member, {
      ...columns,
      ...("stripe_subscription_id" in columns && { stripe_subscription_id: `sub_${member.id}` }),
    });
    const path = await payLinkOf(member);
    expect(await situation(member)).toBe(seen);
    expect((await look(path)).text).not.toContain("<form");
    expect(outcome(await post(path, {}))).toEqual([409, "nothing_to_pay"]);
    expect((await post(path, { plan_id: await plan() })).status).toBe(409);
  });
});

describe.concurrent("a link about dues is refused on a page", () => {
  const words = async (path: string) => {
    const { status, ...page } = await look(path);
    const sent = await send(path, { plan_id: crypto.randomUUID() });
    expect([sent.status, wordsOn(sent).replace(" Go back", "")]).toEqual([status, wordsOn(page)]);
    return [status, wordsOn(page)];
  };
  const NOT_VALID = [400, expect.stringContaining("This link does not work.")];

  test("when it is too old", async () => {
    const member = await person("payment_pending");
    expect((await look(await payLinkOf(member, 59))).status).toBe(200);
    expect(await words(await payLinkOf(member, 61))).toEqual([400, expect.stringContaining("This link is too old.")]);
  });

  test("when somebody changed it, or made it for somebody else", async () => {
    const [member, other] = [await person("payment_pending"), await person("payment_pending")];
    const path = await payLinkOf(member);
    const expiry = /\.(\d{10})\./.exec(path)?.[1] ?? "";
    const changed = [
      path.replace(member.id, other.id),
      path.replace(expiry, String(Number(expiry) + 1)),
      path.slice(0, -1),
      "/api/pay/x",
    ];
    for (const each of changed) expect(await words(each)).toEqual(NOT_VALID);
    // Signed for another purpose.
    expect(await words(`/api/pay/${other.id}`)).toEqual(NOT_VALID);
  });

  const losses: [string, (member: Person) => Promise<unknown>][] = [
    ["been erased", erase],
    [
      "been rejected",
      ({ id }) =>
        sql("update users set status = 'rejected', rejection_reason = 'none', rejected_at = now() where id = $1", [id]),
    ],
    ["changed their address", ({ id }) => sql("update users set email = $2 where id = $1", [id, anyEmail("new")])],
  ];
  test.for(losses)("when its owner has since %s", async ([_, lose]) => {
    const member = await person("payment_pending");
    const path = await payLinkOf(member);
    await lose(member);
    expect(await words(path)).toEqual(NOT_VALID);
    expect(await stripe.requests(member.email)).toEqual([]);
  });

  test("when no plan is chosen, the plan does not exist, or the donation is no amount", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    const path = await payLinkOf(member);
    const refused = await send(path, { donation: "5" });
    expect([refused.status, wordsOn(refused)]).toEqual([400, expect.stringContaining("The plan must be chosen.")]);
    expect(outcome(await post(path, { plan_id: crypto.randomUUID() }))).toEqual([404, "plan_not_found"]);
    const typo = await send(path, { plan_id, donation: "five" });
    expect(wordsOn(typo)).toContain("The donation must be an amount, such as 15 or 15.50.");
    expect(typo.text).toContain(`<a href="${path}">Go back</a>`);
  });

  test("when Stripe does not answer, with a way to try again, which works later", async () => {
    const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
    const path = await payLinkOf(member);
    await stripe.fault({ mode: "drop", count: 2, match: `customer_email=${member.email}` });
    const refused = await send(path, { plan_id });
    expect([refused.status, wordsOn(refused)]).toEqual([
      503,
      expect.stringContaining(
        "Payments are not possible right now, and nothing was charged. Please try again in a few minutes. Go back",
      ),
    ]);
    expect(await leadsTo(path, { plan_id })).toContain(stripe_url);
  });
});

test("until somebody has set up Stripe's portal, the page says that a new card cannot be entered", async () => {
  const platform = await ownPlatform();
  const { id, email, event_ids } = await platform.payer();
  await platform.stripe.deliver(event_ids);
  await platform.stripe.portal(false);
  const refused = await send(await payLinkOf({ id, email }), {}, platform.url);
  expect([refused.status, wordsOn(refused)]).toEqual([
    409,
    expect.stringContaining("You cannot enter a new card here yet."),
  ]);
});
