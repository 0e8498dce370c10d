import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, newestFirst, type Order } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { byName } from "../people/order.ts";
import { fullNameOf, users } from "../tables/people.ts";
import {
  type PeopleConditions,
  type UserFilters,
  type UserPage,
  type UserSummary,
  userSummaryColumns,
} from "./schemas.ts";

const ORDERS: Record<UserFilters["sort"], Order<UserSummary>> = {
  newest: newestFirst(users),
  oldest: { ...newestFirst(users), name: "oldest", descending: false },
  name: byName,
};

/** The condition on `users` for people who match these filters. An erased person does not. */
export const peopleMatch = ({ status, role, search }: PeopleConditions): SQL | undefined =>
  and(
    isNull(users.erased_at),
    status && eq(users.status, status),
    role && eq(users.role, role),
    contains(sql`${fullNameOf(users)} || ' ' || coalesce(${users.email}, '')`, search),
  );

/** A page of people: applicants, members, and former members. */
export function listUsers(ctx: SignedInContext, filters: UserFilters): Promise<UserPage> {
  const select = () => query.select(userSummaryColumns).from(users);
  return ctx.transact((t) => listPageWithTotal(t, ORDERS[filters.sort], select, filters, peopleMatch(filters)));
}
