/**
 * What docs/costs.md is computed from. Change it here, then run `npm run docs:costs`. Prices are US dollars, without tax.
 */

/** How many people there are, in each column of the document. */
export const SIZES = [100, 1_000, 10_000, 50_000] as const;

/** A figure: what it is, its value, and how we know it. */
export interface Assumption {
  value: number;
  unit: string;
  is: string;
  because: string;
}

const measured = (date: string, command: string) => `measured ${date}: ${command}`;
const ASSUMED = "assumed";

/** How people use the platform, and what each use takes. A month has 30.4 days. */
export const ASSUMPTIONS = {
  members_share: { value: 0.7, unit: "of all people", is: "active members, who pay dues", because: ASSUMED },
  visits: { value: 3, unit: "a month and person", is: "visits to the website", because: ASSUMED },
  visit_minutes: { value: 6, unit: "minutes", is: "from the first to the last request of a visit", because: ASSUMED },
  waking_hours: { value: 16, unit: "hours a day", is: "in which visits happen, spread evenly", because: ASSUMED },
  requests: { value: 12, unit: "a visit", is: "requests that ask the database", because: ASSUMED },
  images: { value: 8, unit: "a visit", is: "photos, which the API serves itself", because: ASSUMED },
  people_per_volunteer: { value: 100, unit: "people", is: "for each volunteer, but at least 3", because: ASSUMED },
  volunteer_visits: { value: 20, unit: "a month and volunteer", is: "visits", because: ASSUMED },
  volunteer_requests: { value: 40, unit: "a visit", is: "requests of a volunteer", because: ASSUMED },
  sign_ins: {
    value: 1.5,
    unit: "a month and person",
    is: "sign-ins with a password (a session lasts 30 days)",
    because: ASSUMED,
  },
  single_mails: {
    value: 1.5,
    unit: "a month and person",
    is: "receipts, reminders, confirmations and other single emails",
    because: ASSUMED,
  },
  newsletters: { value: 1, unit: "a month", is: "newsletters", because: ASSUMED },
  readers_share: { value: 0.8, unit: "of all people", is: "who get the newsletter", because: ASSUMED },
  mail_feedback: {
    value: 1,
    unit: "a mail",
    is: "calls of the mail provider's webhook (delivered, or bounced)",
    because: ASSUMED,
  },
  dues_payments: {
    value: 0.2,
    unit: "a month and member",
    is: "payments of dues online (most pay yearly, some monthly)",
    because: ASSUMED,
  },
  dues_dollars: { value: 30, unit: "dollars", is: "a payment of dues", because: ASSUMED },
  donations: { value: 0.03, unit: "a month and person", is: "donations online", because: ASSUMED },
  donation_dollars: { value: 40, unit: "dollars", is: "a donation", because: ASSUMED },
  stripe_events: {
    value: 6,
    unit: "a payment",
    is: "events that Stripe sends, at any hour, in two groups an hour apart",
    because: ASSUMED,
  },
  uploads: { value: 0.05, unit: "a month and person", is: "photos uploaded", because: ASSUMED },
  photo_megabytes: { value: 1, unit: "MB", is: "a stored photo with its thumbnail", because: ASSUMED },
  photo_months: { value: 36, unit: "months", is: "of photos that are kept", because: ASSUMED },
  data_kilobytes: {
    value: 60,
    unit: "KB a person",
    is: "rows and indexes in the database, audit log and outbox included",
    because: "assumed, not measured yet",
  },
  history_share: {
    value: 0.5,
    unit: "of the data",
    is: "changes that Neon keeps for a restore (7 days)",
    because: ASSUMED,
  },
  answer_kilobytes: { value: 8, unit: "KB", is: "that the database sends for a request", because: ASSUMED },
  trips: {
    value: 1,
    unit: "a request",
    is: "round trips to the database",
    because: measured("at each run of the tests", '`npm run bench -- -t "round trips"`'),
  },
  trips_per_hundred_bulk: {
    value: 2.55,
    unit: "a hundred emails",
    is: "round trips for newsletters, 0.5 to write them to the outbox and the rest to send them",
    because: measured("2026-11-30", '`npm run bench -- -t "newsletter"` and `-t "bulk mails"`'),
  },
  trips_per_single_mail: {
    value: 2,
    unit: "a mail",
    is: "round trips after the answer: claim it, record what became of it",
    because: "`src/mail/delivery.ts`",
  },
  request_cpu_ms: {
    value: 5,
    unit: "ms",
    is: "CPU time of a request",
    because:
      '2.4 for nine in ten reads, measured 2026-11-30: `npm run bench -- -t "every read route"`; the rest is for writes',
  },
  sign_in_cpu_ms: {
    value: 130,
    unit: "ms",
    is: "CPU time of a sign-in",
    because: "measured November 2026: argon2id in workerd",
  },
  mail_cpu_ms: {
    value: 1,
    unit: "ms",
    is: "CPU time of a mail",
    because:
      '0.2 in bulk, measured 2026-11-30: `npm run bench -- -t "bulk mails"`; a single one takes a request of its own',
  },
  cron_cpu_ms: { value: 500, unit: "ms", is: "CPU time of a cron", because: "assumed, not measured yet" },
  cron_seconds: { value: 10, unit: "seconds", is: "that a cron works", because: ASSUMED },
  log_kilobytes: {
    value: 1.5,
    unit: "KB",
    is: "a line of the log, with what Cloudflare adds; one a request",
    because: ASSUMED,
  },
  log_days: { value: 7, unit: "days", is: "that Cloudflare keeps a line", because: "Cloudflare's prices" },
  transformations: {
    value: 2,
    unit: "an upload",
    is: "transformations of Cloudflare Images",
    because: "`src/storage/store-image.ts`",
  },
  writes: {
    value: 3,
    unit: "an upload",
    is: "writes to R2, with a large upload waiting there first",
    because: "`src/storage/store-image.ts`",
  },
  queue_messages: {
    value: 1,
    unit: "a hundred emails",
    is: "messages of the queue, at most",
    because: "`src/schedule.ts`",
  },
  queue_operations: {
    value: 3,
    unit: "a message",
    is: "operations: write, read, delete",
    because: "Cloudflare's prices",
  },
} satisfies Record<string, Assumption>;

/** Neon's size on average while it is awake, in compute units (CU), for each of {@link SIZES}. Assumed, not measured yet. */
export const COMPUTE_UNITS = [0.25, 0.25, 0.5, 1] as const;

/** A price, with the page that we read it on. `as_of`: the date of the page, or of the copy that we read. */
export interface Price {
  is: string;
  as_of: string;
  source: string;
}

/** When we read them in a copy of github.com/cloudflare/cloudflare-docs, from which Cloudflare makes these pages. */
const CLOUDFLARE_DOCS = "2026-11-30";

export const PRICES = {
  workers: {
    monthly: 5,
    requests: { included: 10_000_000, per_million: 0.3 },
    cpu_ms: { included: 30_000_000, per_million: 0.02 },
    is: "Workers Paid: $5 a month with 10 million requests and 30 million ms of CPU time; then $0.30 and $0.02 a million",
    as_of: CLOUDFLARE_DOCS,
    source: "https://developers.cloudflare.com/workers/platform/pricing/",
  },
  queues: {
    operations: { included: 1_000_000, per_million: 0.4 },
    is: "Queues: 1 million operations a month, then $0.40 a million",
    as_of: CLOUDFLARE_DOCS,
    source: "https://developers.cloudflare.com/queues/platform/pricing/",
  },
  r2: {
    gigabytes: { included: 10, each: 0.015 },
    class_a: { included: 1_000_000, per_million: 4.5 },
    class_b: { included: 10_000_000, per_million: 0.36 },
    is: "R2: 10 GB, 1 million writes and 10 million reads a month; then $0.015 a GB, $4.50 and $0.36 a million, each rounded up. No charge for traffic",
    as_of: CLOUDFLARE_DOCS,
    source: "https://developers.cloudflare.com/r2/pricing/",
  },
  images: {
    transformations: { included: 5_000, per_thousand: 0.5 },
    is: "Images: 5,000 transformations a month, then $0.50 a thousand on the paid plan. On the free plan, uploads wait for the next month",
    as_of: CLOUDFLARE_DOCS,
    source: "https://developers.cloudflare.com/images/pricing/",
  },
  logs: {
    gigabytes: { included: 50, each: 0.25 },
    stored: { included: 12, each: 0.1 },
    is: "Logs, from December 1, 2026: 50 GB and 12 GB-months kept; then $0.25 a GB and $0.10 a GB-month",
    as_of: CLOUDFLARE_DOCS,
    source: "https://developers.cloudflare.com/observability/pricing/",
  },
  neon: {
    compute_unit_hour: 0.106,
    gigabyte: 0.35,
    history_gigabyte: 0.2,
    traffic: { included: 100, each: 0.1 },
    /** It sleeps after so many minutes without a request. */
    idle_minutes: 5,
    free_hours: 100,
    is: "Neon Launch: $0.106 a CU-hour, $0.35 a GB-month, $0.20 a GB-month of history, 100 GB of traffic, then $0.10 a GB. No minimum",
    as_of: "2026-11-12",
    source: "https://neon.com/docs/introduction/plans",
  },
  resend: {
    plans: [
      { name: "Free", monthly: 0, mails: 3_000, a_day: 100, thousand_more: null },
      { name: "Pro", monthly: 20, mails: 50_000, a_day: null, thousand_more: 0.9 },
      { name: "Scale", monthly: 90, mails: 100_000, a_day: null, thousand_more: 0.9 },
    ],
    is: "Resend: Free with 3,000 emails a month and 100 a day; Pro $20 with 50,000; Scale $90 with 100,000; a thousand more $0.90",
    as_of:
      "2026-03-09, from a third party (owostack.com/pricing-templates/resend-volume-tiers). Resend's own page could not be read, nor a price for plans above 100,000",
    source: "https://resend.com/pricing",
  },
  sendgrid: {
    plans: [
      { name: "Essentials", monthly: 19.95, mails: 50_000, a_day: null, thousand_more: 1.3 },
      { name: "Pro", monthly: 89.95, mails: 100_000, a_day: null, thousand_more: 1.1 },
    ],
    is: "SendGrid: Essentials $19.95 with 50,000 emails, $0.0013 for each one more; Pro $89.95 with 100,000, then at most $0.0011",
    as_of: "2026-08-13, from a third party (api-evangelist/sendgrid). We found no price for Essentials with 100,000",
    source: "https://www.twilio.com/en-us/products/email-api/pricing",
  },
  stripe: {
    share: 0.029,
    each: 0.3,
    billing_share: 0.007,
    is: "Stripe: 2.9% and $0.30 for a payment by a domestic card, and 0.7% of what subscriptions bring in (Billing, pay as you go)",
    as_of: "2026-09-20, from a third party (api-evangelist/stripe)",
    source: "https://stripe.com/pricing",
  },
} satisfies Record<string, Price & Record<string, unknown>>;
