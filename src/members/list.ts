import { and, eq, isNull, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, newestFirst, type Order, type Paging } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { byName } from "../people/order.ts";
import { fullNameOf, users } from "../tables/people.ts";
import { type UserFilters, type UserPage, type UserSummary, userSummaryColumns } from "./schemas.ts";

const ORDERS: Record<UserFilters["sort"], Order<UserSummary>> = {
  newest: newestFirst(users),
  oldest: { ...newestFirst(users), name: "oldest", descending: false },
  name: byName,
};

/** Whether a row of `users` is one of those that are listed. An erased person is not. */
export const usersMatching = ({ status, role, search }: Omit<UserFilters, keyof Paging | "sort">) =>
  and(
    isNull(users.erased_at),
    status && eq(users.status, status),
    role && eq(users.role, role),
    contains(sql`${fullNameOf(users)} || ' ' || coalesce(${users.email}, '')`, search),
  );

/** A page of people: applicants, members, and former members. */
export function listUsers(ctx: SignedInContext, filters: UserFilters): Promise<UserPage> {
  const select = () => query.select(userSummaryColumns).from(users);
  return ctx.transact((t) => listPageWithTotal(t, ORDERS[filters.sort], select, filters, usersMatching(filters)));
}
