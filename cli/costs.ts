import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asCommand } from "./command.ts";
import { ASSUMPTIONS, type Assumption, COMPUTE_UNITS, PRICES, type Price, SIZES } from "./cost-assumptions.ts";
import {
  type Costs,
  cheapestPlan,
  costsOf,
  cronMinutes,
  hoursAwake,
  hoursOfCrons,
  stripeFees,
  type Usage,
  usageOf,
} from "./cost-model.ts";

/** Written by `npm run docs:costs`. */
export const COSTS_DOC = join(import.meta.dirname, "../docs/costs.md");

const SERVICES: Record<keyof Costs, string> = {
  workers: "Cloudflare Workers: requests and CPU time",
  queues: "Cloudflare Queues",
  r2: "Cloudflare R2: photos and files",
  images: "Cloudflare Images: transformations",
  logs: "Cloudflare Observability: logs",
  neon_compute: "Neon: compute",
  neon_storage: "Neon: storage, history, traffic",
  resend: "Resend",
  total: "**Together**",
};

const usages = SIZES.map((people) => usageOf(people));
const columns = SIZES.map((people) => `${whole(people)} people`);
const always = 24 * 30.4 * COMPUTE_UNITS[0] * PRICES.neon.compute_unit_hour;
const crons_alone = hoursOfCrons() * COMPUTE_UNITS[0] * PRICES.neon.compute_unit_hour;

/** docs/costs.md: what a month costs, and what that is computed from. */
export const describeCosts = (): string => `# What a month costs

\`npm run docs:costs\` writes this page from \`cli/cost-assumptions.ts\`, which holds the prices and how people use the platform.
To see the costs of your organization, change the assumptions there and run the command. \`npm test\` checks that the page
matches.

All figures are estimates, in US dollars without tax. They have not been compared with a bill yet. The organization's domain
and its website cost extra, and so does the work of people.

## By service

${table(
  ["a month", ...columns],
  (Object.keys(SERVICES) as (keyof Costs)[]).map((service) => [
    SERVICES[service],
    ...usages.map((usage) => dollars(costsOf(usage)[service])),
  ]),
)}

With SendGrid instead of Resend: ${usages.map((usage) => dollars(cheapestPlan(PRICES.sendgrid.plans, usage).dollars)).join(", ")}. The
cheapest plans are ${plansOf("resend")} at Resend, and ${plansOf("sendgrid")} at SendGrid.

**Stripe** deducts its fees from the payments. They depend on what people pay, not on the platform:

${table(
  ["a month", ...columns],
  [
    ["paid online", ...usages.map((usage) => dollars(stripeFees(usage).paid, 0))],
    ["Stripe's fees", ...usages.map((usage) => dollars(stripeFees(usage).fees, 0))],
  ],
)}

Stripe has lower rates for nonprofits on request. Its price list does not name them, so they are not in the table. A dispute,
a card from abroad and a bank debit have prices of their own.

## What keeps the database awake

Neon bills the time that a database is awake. It falls asleep ${PRICES.neon.idle_minutes} minutes after the last request. These wake it:

- **Crons.** ${cronMinutes().length} starts a day: one an hour, and one at night. If nobody ever came, they alone would keep it awake for
  ${whole(hoursOfCrons())} of a month's 730 hours: ${dollars(crons_alone)} a month at ${COMPUTE_UNITS[0]} CU. That is why there is no cron each minute: the
  database would never sleep, for ${dollars(always)} a month. A staging environment has the same crons and costs the same again.
- **Visits.** Every request except \`/health\`, and those that are refused before they reach the database. Point uptime monitors at
  \`/health\`, not at \`/health/ready\`.
- **Webhooks.** Stripe sends events at any hour, mostly about renewals. The mail provider reports each email.
- **The queue**, only when something is due: the next part of a newsletter or an import, or another attempt to send an email.

${table(
  ["", ...columns],
  [
    ["hours awake, of 730", ...usages.map((usage) => whole(hoursAwake(usage)))],
    ["compute units", ...COMPUTE_UNITS.map(String)],
    ["CU-hours", ...usages.map((usage, index) => whole(hoursAwake(usage) * (COMPUTE_UNITS[index] ?? 1)))],
  ],
)}

Neon's free plan includes ${PRICES.neon.free_hours} CU-hours and 0.5 GB a project, and keeps 6 hours of history. That is too little to undo a mistake
that is noticed the next day. So the table above counts the Launch plan for every size.

The first request after a pause waits until the database is awake. That time is not measured here.

## What happens in a month

${table(
  ["", ...columns],
  [
    row("visits", ({ visits }) => visits),
    row("requests to the Worker", ({ requests, images, webhooks }) => requests + images + webhooks),
    row("of these, photos", ({ images }) => images),
    row("of these, webhooks", ({ webhooks }) => webhooks),
    row("round trips to the database", ({ trips }) => trips),
    row("CPU time, seconds", ({ cpu_ms }) => cpu_ms / 1000),
    row("single emails", ({ single_mails }) => single_mails),
    row("newsletter emails", ({ bulk_mails }) => bulk_mails),
    row("payments online", ({ payments }) => payments.dues + payments.donations),
    row("photos uploaded", ({ uploads }) => uploads),
  ],
)}

## Limits that come before the bill

- **Resend's free plan** sends 100 emails a day. A newsletter to more people takes several days, or a paid plan. Set
  \`mails_per_day\` and \`mails_per_second\` to what the plan allows ([mail.md](mail.md)).
- **Cloudflare Images** stops after 5,000 transformations on the free plan: ${whole(5000 / ASSUMPTIONS.transformations.value)} uploads. Then uploads answer 503
  \`images_quota\` until the next month, and everything else keeps working ([operations.md](operations.md)).
- **Storage** is limited to 10 GiB by the platform itself, until you raise \`storage_usage.limit_bytes\`
  ([operations.md](operations.md)).
- **Workers Paid** is needed at every size: hashing a password takes longer than the free plan's 10 ms of CPU time.

## Assumptions

${table(
  ["what", "value", "unit", "how we know"],
  Object.values<Assumption>(ASSUMPTIONS).map(({ is, value, unit, because }) => [is, String(value), unit, because]),
)}

## Prices

${table(
  ["price", "as of", "page"],
  Object.values<Price>(PRICES).map(({ is, as_of, source }) => [is, as_of, `<${source}>`]),
)}
`;

function row(name: string, of: (usage: Usage) => number): string[] {
  return [name, ...usages.map((usage) => whole(of(usage)))];
}

function plansOf(provider: "resend" | "sendgrid"): string {
  return usages.map((usage) => cheapestPlan(PRICES[provider].plans, usage).name).join(", ");
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, index) => (index > 0 && head[1]?.endsWith("people") ? "---:" : "---")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

const dollars = (value: number, digits = 2): string =>
  `$${value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;

await asCommand(import.meta, async () => {
  await writeFile(COSTS_DOC, describeCosts());
  console.log("Wrote docs/costs.md.");
});
