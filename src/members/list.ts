import { and, eq, inArray, isNotNull, isNull, not, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPage, newestFirst, type Order } from "../http/pagination.ts";
import { keyContains } from "../http/search.ts";
import { isSuppressed } from "../mail/suppression.ts";
import { byName } from "../people/order.ts";
import { personIsKnown } from "../people/person.ts";
import { UserStatus } from "../people/schemas.ts";
import { personIsTakenOn, WAITING_STATUSES } from "../people/taken-on.ts";
import { subscriptionIsRunning } from "../subscriptions/standing.ts";
import { user_role_assignments } from "../tables/access.ts";
import { user_tags } from "../tables/members.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { isWithin } from "../time/days.ts";
import {
  type PeopleConditions,
  type UserFilters,
  type UserPage,
  type UserSummary,
  userSummaryColumns,
} from "./schemas.ts";

const latestFirst = (name: "joined" | "updated"): Order<UserSummary> => {
  const column = `${name}_at` as const;
  return {
    name,
    descending: true,
    keys: [
      { expression: sql`${users[column]}`, type: "timestamptz", of: (row) => row[column] },
      { expression: sql`${users.id}`, type: "uuid", of: (row) => row.id },
    ],
  };
};

const ORDERS: Record<UserFilters["sort"], Order<UserSummary>> = {
  newest: newestFirst(users),
  oldest: { ...newestFirst(users), name: "oldest", descending: false },
  name: byName,
  joined: latestFirst("joined"),
  updated: latestFirst("updated"),
  waiting: {
    name: "waiting",
    descending: false,
    keys: [
      // Whoever is listed waits.
      { expression: sql`${users.status_since}`, type: "timestamptz", of: (row) => row.waiting_since ?? "" },
      { expression: sql`${users.id}`, type: "uuid", of: (row) => row.id },
    ],
  },
};

/** Whether there is a photo that volunteers may see. */
const photoIsShown: SQL = sql`(${users.photo_id} is not null and ${users.photo_audience} <> 'nobody')`;

/** Who looks, and the keys that find what we keep of addresses. */
type Viewer = Pick<SignedInContext, "user_id" | "settings">;

/** Filters that mean the same for everybody, and need no key. */
type PlainConditions = Omit<PeopleConditions, "taken_on_by" | "mail_suppressed">;

const isYes = (condition: SQL, answer: boolean | undefined) =>
  answer === undefined ? undefined : answer ? condition : not(condition);

const isTakenOnBy = ({ user_id }: Viewer, by: PeopleConditions["taken_on_by"]): SQL | undefined =>
  by === "nobody"
    ? not(personIsTakenOn)
    : by === undefined
      ? undefined
      : and(eq(users.taken_on_by, by === "me" ? user_id : by), personIsTakenOn);

const selectPayersOf = (plan_id: string) =>
  query
    .select({ id: subscriptions.user_id })
    .from(subscriptions)
    .where(and(eq(subscriptions.plan_id, plan_id), subscriptionIsRunning));

const selectHoldersOf = (role_id: string) =>
  query
    .select({ id: user_role_assignments.user_id })
    .from(user_role_assignments)
    .where(eq(user_role_assignments.role_id, role_id));

const selectTagged = (tag: string) =>
  query.select({ id: user_tags.user_id }).from(user_tags).where(eq(user_tags.tag, tag));

/** Whether a row of `users` matches the filters. The empty row of somebody who was erased never does. */
export const peopleMatch = (viewer: Viewer, filters: PeopleConditions): SQL | undefined =>
  and(
    anybodyMatches(filters),
    isTakenOnBy(viewer, filters.taken_on_by),
    isYes(isSuppressed(viewer.settings, users.email), filters.mail_suppressed),
  );

/** The same, whoever looks. */
export const anybodyMatches = (filters: PlainConditions): SQL | undefined =>
  and(
    personIsKnown,
    filters.status && inArray(users.status, filters.status),
    filters.role && eq(users.role, filters.role),
    filters.role_id ? inArray(users.id, selectHoldersOf(filters.role_id)) : undefined,
    keyContains(users.search_text, filters.search),
    isWithin(users.joined_at, { from: filters.joined_from, to: filters.joined_to }),
    isWithin(users.updated_at, { from: filters.updated_from, to: filters.updated_to }),
    isWithin(users.status_since, { from: filters.status_from, to: filters.status_to }),
    filters.plan ? inArray(users.id, selectPayersOf(filters.plan)) : undefined,
    isYes(sql`${users.email_verified}`, filters.email_verified),
    isYes(photoIsShown, filters.has_photo),
    isYes(isNull(users.email), filters.no_email),
    isYes(isNotNull(users.erase_at), filters.erasing),
    filters.tag ? inArray(users.id, selectTagged(filters.tag)) : undefined,
  );

/** A page of people, and how many there are of each status. */
export function readUsers(t: Plan, viewer: Viewer, { limit, cursor, sort, ...filters }: UserFilters): Handle<UserPage> {
  const { status: wanted, ...others } = filters;
  const status = sort === "waiting" ? WAITING_STATUSES.filter((each) => wanted?.includes(each) ?? true) : wanted;
  const page = listPage(
    t,
    ORDERS[sort],
    () => query.select(userSummaryColumns).from(users),
    { limit, cursor },
    peopleMatch(viewer, { ...others, status }),
  );
  const counted = t.many(
    query
      .select({ status: users.status, people: sql<number>`count(*)::int` })
      .from(users)
      .where(peopleMatch(viewer, others))
      .groupBy(users.status),
  );
  return t.combine({ page, counted }, ({ page, counted }) => {
    const peopleOf = (status: UserStatus) => counted.find((group) => group.status === status)?.people ?? 0;
    const counts = Object.fromEntries(
      UserStatus.options.map((status) => [status, peopleOf(status)]),
    ) as UserPage["counts"];
    const total = (status ?? UserStatus.options).reduce((sum, each) => sum + peopleOf(each), 0);
    return { ...page, total, counts };
  });
}

/** A page of people: applicants, members, and former members. */
export const listUsers = (ctx: SignedInContext, filters: UserFilters): Promise<UserPage> =>
  ctx.transact((t) => readUsers(t, ctx, filters));
