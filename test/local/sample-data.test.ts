import { expect, test } from "vitest";
import type { Template } from "../../src/mail/letter.ts";
import { TEMPLATES } from "../../src/mail/templates.ts";
import { mailsTo } from "../harness/mailbox.ts";
import { samplePlatform } from "../harness/sample-platform.ts";

const HOURLY = "17 * * * *";
const PATIENT = { timeout: 60_000 };
type Platform = Awaited<ReturnType<typeof samplePlatform>>;

/** What the stand-in has, and what we have. */
async function everything({ sql, stripeApi }: Platform) {
  const tables = [
    "users",
    "subscriptions",
    "payments",
    "reversals",
    "stripe_fees",
    "donations",
    "event_rsvps",
    "emails",
  ];
  const counted = tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(", ");
  const [rows] = await sql(`select ${counted}`);
  const list = { limit: 100 };
  const { data: subscriptions } = await stripeApi.subscriptions.list({ ...list, status: "all" });
  const { data: customers } = await stripeApi.customers.list(list);
  const bookings = await stripeApi.balanceTransactions.list(list).autoPagingToArray({ limit: 10_000 });
  return { rows, subscriptions: subscriptions.length, customers: customers.length, bookings };
}

const hasLink: Record<string, boolean> = Object.fromEntries(
  Object.entries<Template>(TEMPLATES).map(([key, { link }]) => [key, link !== undefined]),
);

/** The links of sample mails that answer 400 or above, and the mails that lack theirs. */
async function linksThatFail({ sql, url, all_vars }: Platform): Promise<string[]> {
  const API_URL = all_vars.API_URL ?? "";
  const sent = await sql<{ template: string; to_email: string; provider_message_id: string }>(
    "select template, to_email, provider_message_id from emails where status = 'sent'",
  );
  const received = (await Promise.all([...new Set(sent.map(({ to_email }) => to_email))].map(mailsTo))).flat();
  const failures: string[] = [];
  for (const { template, to_email, provider_message_id } of sent) {
    const text = received.find(({ id }) => id === provider_message_id)?.text ?? "";
    const links = [...text.matchAll(/https?:\/\/\S+/g)]
      .map(([link]) => link)
      .filter((link) => link.startsWith(API_URL));
    if (hasLink[template] && links.length === 0) failures.push(`${template} to ${to_email}: no link`);
    for (const link of links) {
      const answer = await fetch(link.replace(API_URL, url), { headers: { Accept: "text/html" } });
      if (answer.status >= 400) failures.push(`${template} to ${to_email}: ${answer.status} at ${link}`);
    }
  }
  return failures;
}

test(
  "after an interrupted start, too, sample members pay online in every state, and our ledger has what Stripe has",
  PATIENT,
  async () => {
    const platform = await samplePlatform({ interrupted: true });
    const { sql, fire, lastRun, load } = platform;
    const standing = await sql<{ name: string; status: string; subscription: string; plan: string; payments: number }>(`
    select split_part(u.email, '@', 1) as name, u.status, s.status as subscription, p.billing_cycle as plan,
      (select count(*)::int from payments where subscription_id = s.id) as payments
    from users u join subscriptions s on s.user_id = u.id join subscription_plans p on p.id = s.plan_id
    where s.payment_method = 'stripe'`);
    const whoAre = (status: string, subscription: string) =>
      standing
        .filter((row) => row.status === status && row.subscription === subscription)
        .map(({ name, plan, payments }) => `${name}, ${plan}: ${payments}`)
        .sort();
    expect(whoAre("active", "active")).toEqual([
      "disputed, yearly: 1",
      "ending, yearly: 2",
      "lifetime, lifetime: 1",
      "monthly, monthly: 25",
      "new, monthly: 1",
      "quarterly, quarterly: 8",
      "refunded, monthly: 4",
      "yearly, yearly: 3",
    ]);
    expect(whoAre("active", "past_due")).toEqual([
      "past.due, monthly: 12",
      "stopped, monthly: 8",
      "taken.back, monthly: 6",
    ]);
    expect(whoAre("active", "paused")).toEqual(["paused, monthly: 9", "resting, quarterly: 5"]);
    expect(whoAre("inactive", "cancelled")).toEqual(["canceled, monthly: 14"]);
    expect(whoAre("inactive", "expired")).toEqual(["lapsed, monthly: 9"]);
    expect(standing).toHaveLength(15);
    expect(
      await sql("select status, count(*)::int from donations where payment_method = 'stripe' group by 1 order by 1"),
    ).toEqual([
      { status: "completed", count: 9 },
      // One that was never paid, and one from a list of donations paid by hand.
      { status: "failed", count: 2 },
      { status: "refunded", count: 2 },
    ]);

    const kinds = await sql<{ template: string }>("select distinct template from emails where status = 'sent'");
    expect(kinds.map(({ template }) => template).sort()).toEqual(Object.keys(TEMPLATES).sort());
    expect(await sql("select status, count(*)::int from emails where status <> 'sent' group by 1")).toEqual([
      { status: "failed", count: 1 },
    ]);
    const [{ id, count } = { id: "", count: 0 }] = await sql<{ id: string; count: number }>(
      "select max(provider_message_id) as id, count(*)::int from emails where to_email = 'new@loaf.test'",
    );
    expect(count).toBe(1);
    expect((await mailsTo("new@loaf.test")).map((mail) => mail.id)).toContain(id);

    expect(await linksThatFail(platform)).toEqual([]);

    const before = await everything(platform);
    const [ours] = await sql(`
    select sum(base_subscription_cents + donation_cents)::int as cents from ledger where payment_method = 'stripe'`);
    expect(ours).toEqual({ cents: before.bookings.reduce((cents, { amount }) => cents + amount, 0) });
    // Loading it again changes nothing.
    await load();
    expect(await everything(platform)).toEqual(before);

    await fire(HOURLY);
    const { report } = (await lastRun("reconcile")) ?? {};
    expect(report).toMatchObject({ repairs: [], concerns: [], unexplained: 0, customers_updated: 0, next: null });
    expect((await everything(platform)).bookings).toEqual(before.bookings);
  },
);
