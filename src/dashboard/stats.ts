import { selectHeld } from "../access/holds.ts";
import type { Permission } from "../access/permissions.ts";
import type { SignedInContext } from "../http/context.ts";
import { daysOf, monthsOf, selectDays, total, totalOf } from "../ledger/figures.ts";
import { UserStatus } from "../people/schemas.ts";
import type { RenewalOutcome } from "../subscriptions/renewal.ts";
import {
  countUpcoming,
  DAYS_AHEAD,
  MONEY,
  readMoney,
  selectApplied,
  selectByStatus,
  selectEnded,
  selectEntered,
  selectJoined,
  selectNext,
  selectRenewals,
  selectRenewed,
  selectStorage,
} from "./figures.ts";
import type { Dashboard } from "./schemas.ts";
import { readWaiting, WAITING } from "./waiting.ts";

const BLOCKS = [
  "subscriptions.view",
  "events.view",
  "events.rsvps",
  "settings.storage",
  ...Object.values(MONEY).flatMap(({ seen, exported }) => [seen, exported]),
] as const satisfies Permission[];

/** What waits for somebody, and how the organization stands. One round trip, whatever the caller may see. */
export async function getDashboard(ctx: SignedInContext): Promise<Dashboard> {
  const { user_id } = ctx;
  const days = daysOf({});
  const read = await ctx.transact((t) => ({
    waiting: readWaiting(t, user_id),
    held: t.many(selectHeld(user_id, BLOCKS)),
    covered: t.one(selectDays(days)),
    ahead: t.one(selectDays(DAYS_AHEAD)),
    people: t.many(selectByStatus()),
    entered: t.many(selectEntered()),
    applied: t.many(selectApplied(days)),
    joined: t.many(selectJoined(user_id, days)),
    renewals: t.many(selectRenewals(user_id)),
    ended: t.many(selectEnded(user_id, days)),
    renewed: t.many(selectRenewed(user_id, days)),
    upcoming: t.maybe(countUpcoming(user_id)),
    next: t.many(selectNext(user_id)),
    dues: readMoney(t, user_id, "dues", days),
    donations: readMoney(t, user_id, "donations", days),
    storage: t.maybe(selectStorage(user_id)),
  }));
  const holds = (permission: Permission) => read.held.some(({ code }) => code === permission);
  const months = monthsOf(read.covered);
  /** The last day of a month, or today. */
  const upTo = (month: string) => (read.covered.to.startsWith(month) ? read.covered.to : lastDay(month));
  const money = (block: keyof typeof MONEY) => {
    const { seen, exported, kind } = MONEY[block];
    if (!holds(seen)) return undefined;
    return (first: string, last: string) => ({
      ...total(read[block].filter(({ month }) => month >= first && month <= last)),
      export_url: holds(exported)
        ? listAt("/api/admin/ledger/export", { from: firstDay(first), to: upTo(last), kind })
        : null,
    });
  };
  const [dues, donations] = [money("dues"), money("donations")];
  const this_month = read.covered.to.slice(0, 7);
  const ofMonthAndYear = (of: NonNullable<typeof dues>) => ({
    month: of(this_month, this_month),
    year: of(`${this_month.slice(0, 4)}-01`, this_month),
  });
  const ended = (month: string, status: "expired" | "cancelled") => ({
    count: countIn(
      read.ended.filter((group) => group.status === status),
      month,
    ),
    url: listAt("/api/admin/subscriptions", { status, term_end_from: firstDay(month), term_end_to: upTo(month) }),
  });
  const renewals = (month: string, renewal?: RenewalOutcome) => ({
    count: countIn(
      read.renewed.filter(({ outcome }) => !renewal || outcome === renewal),
      month,
    ),
    url: listAt("/api/admin/subscriptions", {
      ended_from: firstDay(month),
      ended_to: upTo(month),
      ...(renewal && { renewal }),
    }),
  });
  const peopleOf = (groups: typeof read.people, status: UserStatus) =>
    groups.find((group) => group.status === status)?.people ?? 0;
  const by_status = UserStatus.options.map((status) => ({
    status,
    count: peopleOf(read.people, status),
    url: listAt("/api/admin/users", { status }),
    entered: {
      count: peopleOf(read.entered, status),
      url: listAt("/api/admin/users", { status, status_from: firstDay(this_month) }),
    },
  }));
  return {
    as_of: ctx.now.toISOString(),
    currency: ctx.settings.CURRENCY,
    waiting: read.waiting.map((counted) => ({ ...counted, url: WAITING[counted.code].url })),
    members: {
      all: { count: by_status.reduce((sum, { count }) => sum + count, 0), url: "/api/admin/users" },
      by_status,
    },
    ...(holds("subscriptions.view") && {
      renewals: monthsOf(read.ahead).map((month) => ({
        month,
        count: countIn(read.renewals, month),
        url: listAt("/api/admin/subscriptions", {
          status: "active",
          term_end_from: firstDay(month),
          term_end_to: lastDay(month),
        }),
      })),
    }),
    ...(read.upcoming && {
      events: {
        upcoming: {
          count: read.upcoming.count,
          url: listAt("/api/admin/events", { when: "upcoming", status: "published" }),
        },
        next: read.next.map(({ said_yes, ...event }) => {
          const url = `/api/admin/events/${event.id}`;
          const answers = (rsvp_status: string) => listAt(`${url}/rsvps`, { rsvp_status });
          return {
            ...event,
            url,
            ...(holds("events.rsvps") && {
              answers: {
                yes: { count: said_yes, url: answers("yes") },
                waitlisted: { count: event.waiting, url: answers("waitlisted") },
              },
            }),
          };
        }),
      },
    }),
    ...(dues && { dues: ofMonthAndYear(dues) }),
    ...(donations && { donations: ofMonthAndYear(donations) }),
    ...(read.storage && { storage: { ...read.storage, url: "/api/admin/storage/usage" } }),
    months: months.map((month) => ({
      month,
      applied: {
        count: countIn(read.applied, month),
        url: listAt("/api/admin/users", {
          joined_from: firstDay(month),
          joined_to: upTo(month),
          email_verified: "true",
        }),
      },
      ...(holds("subscriptions.view") && {
        joined: {
          count: countIn(read.joined, month),
          url: listAt("/api/admin/subscriptions", { joined_from: firstDay(month), joined_to: upTo(month) }),
        },
        expired: ended(month, "expired"),
        cancelled: ended(month, "cancelled"),
        renewals: {
          due: renewals(month),
          renewed: renewals(month, "renewed"),
          lost: renewals(month, "lost"),
          open: renewals(month, "open"),
        },
      }),
      ...(dues && { dues: dues(month, month) }),
      ...(donations && { donations: donations(month, month) }),
    })),
  };
}

const listAt = (path: string, filters: Record<string, string>) => `${path}?${new URLSearchParams(filters)}`;

const firstDay = (month: string) => `${month}-01`;

function lastDay(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, number ?? 0, 0)).toISOString().slice(0, 10);
}

const countIn = (rows: readonly { month: string; count: number }[], month: string) =>
  totalOf(
    rows.filter((row) => row.month === month),
    ({ count }) => count,
  );
