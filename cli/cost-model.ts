import { Cron } from "croner";
import { JOBS } from "../src/schedule.ts";
import { ASSUMPTIONS, COMPUTE_UNITS, PRICES, SIZES } from "./cost-assumptions.ts";

const DAYS = 30.4;
const MILLION = 1_000_000;

type Given = { [Name in keyof typeof ASSUMPTIONS]: number };

const GIVEN = Object.fromEntries(Object.entries(ASSUMPTIONS).map(([name, { value }]) => [name, value])) as Given;

/** What happens in a month. */
export interface Usage {
  people: number;
  visits: number;
  requests: number;
  images: number;
  single_mails: number;
  bulk_mails: number;
  payments: { dues: number; donations: number };
  /** Calls of webhooks by Stripe and the mail provider. */
  webhooks: number;
  uploads: number;
  crons: number;
  trips: number;
  cpu_ms: number;
}

/** What a month costs, in dollars, by service. */
export interface Costs {
  workers: number;
  queues: number;
  r2: number;
  images: number;
  logs: number;
  neon_compute: number;
  neon_storage: number;
  resend: number;
  total: number;
}

export function usageOf(people: number, given: Given = GIVEN): Usage {
  const volunteers = Math.max(3, people / given.people_per_volunteer);
  const visits_of_volunteers = volunteers * given.volunteer_visits;
  const visits = people * given.visits + visits_of_volunteers;
  const single_mails = people * given.single_mails;
  const bulk_mails = people * given.readers_share * given.newsletters;
  const payments = {
    dues: people * given.members_share * given.dues_payments,
    donations: people * given.donations,
  };
  const webhooks =
    (single_mails + bulk_mails) * given.mail_feedback + (payments.dues + payments.donations) * given.stripe_events;
  const requests = people * given.visits * given.requests + visits_of_volunteers * given.volunteer_requests;
  const images = visits * given.images;
  const sign_ins = people * given.sign_ins;
  const crons = cronMinutes().length * DAYS;
  return {
    people,
    visits,
    requests,
    images,
    single_mails,
    bulk_mails,
    payments,
    webhooks,
    uploads: people * given.uploads,
    crons,
    trips:
      (requests + webhooks) * given.trips +
      (bulk_mails / 100) * given.trips_per_hundred_bulk +
      single_mails * given.trips_per_single_mail,
    cpu_ms:
      (requests + images + webhooks) * given.request_cpu_ms +
      sign_ins * given.sign_in_cpu_ms +
      (single_mails + bulk_mails) * given.mail_cpu_ms +
      crons * given.cron_cpu_ms,
  };
}

/** The minutes of a day, in UTC, at which the crons start. src/schedule.ts lists the same ones as wrangler.toml. */
export function cronMinutes(): number[] {
  const midnight = Date.parse("2026-01-05T00:00:00Z");
  return Object.keys(JOBS)
    .flatMap((cron) => startsWithinADay(new Cron(cron, { timezone: "UTC" }), midnight))
    .map((run) => (run - midnight) / 60_000)
    .sort((a, b) => a - b);
}

function startsWithinADay(cron: Cron, midnight: number): number[] {
  const starts: number[] = [];
  let next = cron.nextRun(new Date(midnight - 1));
  while (next && next.getTime() < midnight + 24 * 3600 * 1000) {
    starts.push(next.getTime());
    next = cron.nextRun(next);
  }
  return starts;
}

/** How many minutes a day Neon is awake for these starts alone. */
export function minutesAwake(starts: readonly number[], working_minutes: number): number {
  const awake = working_minutes + PRICES.neon.idle_minutes;
  let [total, until] = [0, 0];
  for (const start of starts) {
    total += Math.max(0, start + awake - Math.max(start, until));
    until = Math.max(until, start + awake);
  }
  return Math.min(total, 24 * 60);
}

/** Hours a month for which Neon is awake if nobody ever comes. */
export const hoursOfCrons = (given: Given = GIVEN) =>
  (minutesAwake(cronMinutes(), given.cron_seconds / 60) / 60) * DAYS;

/**
 * Hours a month for which Neon is awake. Visits, and webhooks of payments, come at random: the share of a time in which none
 * of them keeps it awake is e to the power of -(how many come in an hour × for how many hours each keeps it awake).
 */
export function hoursAwake(usage: Usage, given: Given = GIVEN): number {
  const idle = PRICES.neon.idle_minutes / 60;
  const visits = (usage.visits / (DAYS * given.waking_hours)) * (given.visit_minutes / 60 + idle);
  const groups_of_events = 2 * (usage.payments.dues + usage.payments.donations);
  const events = (groups_of_events / (DAYS * 24)) * idle;
  const quiet_by_cron = 1 - hoursOfCrons(given) / (DAYS * 24);
  const awake = (load: number) => 1 - quiet_by_cron * Math.exp(-load);
  return DAYS * (given.waking_hours * awake(visits + events) + (24 - given.waking_hours) * awake(events));
}

const over = (used: number, { included }: { included: number }) => Math.max(0, used - included);
const perMillion = (used: number, price: { included: number; per_million: number }) =>
  (over(used, price) / MILLION) * price.per_million;
/** R2 rounds up to whole millions and whole GB. */
const roundedUp = (used: number, price: { included: number; per_million: number }) =>
  Math.ceil(over(used, price) / MILLION) * price.per_million;

interface MailPlan {
  name: string;
  monthly: number;
  mails: number;
  /** The most mails on one day. Null: no limit. */
  a_day: number | null;
  /** What a thousand more mails cost. Null: there are no more. */
  thousand_more: number | null;
}

/** The cheapest plan that takes so many mails a month, and the newsletter on one day. */
export function cheapestPlan(plans: readonly MailPlan[], { single_mails, bulk_mails }: Usage) {
  const mails = single_mails + bulk_mails;
  const busiest_day = bulk_mails / GIVEN.newsletters + single_mails / DAYS;
  const [cheapest] = plans
    .filter((plan) => plan.a_day === null || busiest_day <= plan.a_day)
    .flatMap(({ name, monthly, mails: included, thousand_more }) => {
      const thousands = Math.ceil(Math.max(0, mails - included) / 1000);
      if (thousands === 0) return [{ name, dollars: monthly }];
      return thousand_more === null ? [] : [{ name, dollars: monthly + thousands * thousand_more }];
    })
    .sort((a, b) => a.dollars - b.dollars);
  if (!cheapest) throw new Error(`No plan takes ${mails} mails a month.`);
  return cheapest;
}

export function costsOf(usage: Usage, given: Given = GIVEN): Costs {
  const { workers, queues, r2, images, logs, neon } = PRICES;
  const mails = usage.single_mails + usage.bulk_mails;
  const operations = (mails / 100) * given.queue_messages * given.queue_operations;
  const photos_gb = (usage.uploads * given.photo_months * given.photo_megabytes) / 1000;
  const data_gb = (usage.people * given.data_kilobytes) / MILLION;
  const traffic_gb = ((usage.requests + usage.webhooks) * given.answer_kilobytes) / MILLION;
  const logs_gb = ((usage.requests + usage.images + usage.webhooks) * given.log_kilobytes) / MILLION;
  const units = COMPUTE_UNITS[SIZES.findIndex((size) => usage.people <= size)] ?? 1;
  const costs = {
    workers:
      workers.monthly +
      perMillion(usage.requests + usage.images + usage.webhooks, workers.requests) +
      perMillion(usage.cpu_ms, workers.cpu_ms),
    queues: perMillion(operations, queues.operations),
    r2:
      Math.ceil(over(photos_gb, r2.gigabytes)) * r2.gigabytes.each +
      roundedUp(usage.uploads * given.writes, r2.class_a) +
      roundedUp(usage.images, r2.class_b),
    images:
      (over(usage.uploads * given.transformations, images.transformations) / 1000) *
      images.transformations.per_thousand,
    logs:
      over(logs_gb, logs.gigabytes) * logs.gigabytes.each +
      over((logs_gb * given.log_days) / DAYS, logs.stored) * logs.stored.each,
    neon_compute: hoursAwake(usage, given) * units * neon.compute_unit_hour,
    neon_storage:
      data_gb * neon.gigabyte +
      data_gb * given.history_share * neon.history_gigabyte +
      over(traffic_gb, neon.traffic) * neon.traffic.each,
    resend: cheapestPlan(PRICES.resend.plans, usage).dollars,
  };
  return { ...costs, total: Object.values(costs).reduce((sum, dollars) => sum + dollars, 0) };
}

/** What Stripe keeps of a month's payments, and how much those are, in dollars. */
export function stripeFees({ payments }: Usage, given: Given = GIVEN): { paid: number; fees: number } {
  const { share, each, billing_share } = PRICES.stripe;
  const dues = payments.dues * given.dues_dollars;
  const donations = payments.donations * given.donation_dollars;
  const fees = (dues + donations) * share + (payments.dues + payments.donations) * each + dues * billing_share;
  return { paid: dues + donations, fees };
}
