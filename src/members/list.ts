import { and, count, eq, type SQLWrapper, sql } from "drizzle-orm";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, newestFirst, type Order, toPage } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { summaryColumns, type UserFilters, type UserPage, type UserSummary } from "./schemas.ts";
import { users } from "./tables.ts";

const lower = (text: SQLWrapper) => sql`lower(${text})`;

const ORDERS: Record<UserFilters["sort"], Order<UserSummary>> = {
  newest: newestFirst(users),
  oldest: { ...newestFirst(users), name: "oldest", descending: false },
  name: {
    name: "name",
    descending: false,
    keys: [
      { expression: lower(users.last_name), type: "text", of: (user) => user.last_name, folded: lower },
      { expression: lower(users.first_name), type: "text", of: (user) => user.first_name, folded: lower },
      { expression: sql`${users.id}`, type: "uuid", of: (user) => user.id },
    ],
  },
};

/** A page of people, and how many match in all. */
export async function listUsers(
  ctx: SignedInContext,
  { status, role, search, sort, limit, cursor }: UserFilters,
): Promise<UserPage> {
  const order = ORDERS[sort];
  const filters = and(
    status && eq(users.status, status),
    role && eq(users.role, role),
    contains(sql`${users.first_name} || ' ' || ${users.last_name} || ' ' || ${users.email}`, search),
  );
  const [rows, { total }] = await ctx.transact(
    many(
      query
        .select(summaryColumns)
        .from(users)
        .where(and(filters, after(order, cursor)))
        .orderBy(...by(order))
        .limit(limit + 1),
    ),
    one(query.select({ total: count() }).from(users).where(filters)),
  );
  return { ...toPage(order, rows, limit), total };
}
