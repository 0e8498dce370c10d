import { and, count, sql } from "drizzle-orm";
import { roles } from "../access/tables.ts";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, type Order, toPage } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { type Role, type RoleFilters, type RolePage, roleColumns } from "./schemas.ts";

const BY_CODE: Order<Pick<Role, "code">> = {
  name: "code",
  descending: false,
  keys: [{ expression: sql`${roles.code}`, type: "text", of: (role) => role.code }],
};

/** A page of roles, and how many match in all. */
export async function listRoles(ctx: SignedInContext, { search, limit, cursor }: RoleFilters): Promise<RolePage> {
  const found = contains(sql`(${roles.code} || ' ' || ${roles.name} || ' ' || ${roles.description})`, search);
  const [rows, { total }] = await ctx.transact(
    many(
      query
        .select(roleColumns)
        .from(roles)
        .where(and(found, after(BY_CODE, cursor)))
        .orderBy(...by(BY_CODE))
        .limit(limit + 1),
    ),
    one(query.select({ total: count() }).from(roles).where(found)),
  );
  return { ...toPage(BY_CODE, rows, limit), total };
}
