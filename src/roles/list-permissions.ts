import { count, sql } from "drizzle-orm";
import type { Permission as PermissionName } from "../access/permissions.ts";
import { permissions } from "../access/tables.ts";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, type Order, type Paging, toPage } from "../http/pagination.ts";
import type { Permission, PermissionPage } from "./schemas.ts";

const BY_CODE: Order<Pick<Permission, "code">> = {
  name: "code",
  descending: false,
  keys: [{ expression: sql`${permissions.code}`, type: "text", of: (permission) => permission.code }],
};

/** A page of what a role may hold, and how much there is in all. */
export async function listPermissions(ctx: SignedInContext, { limit, cursor }: Paging): Promise<PermissionPage> {
  const [rows, { total }] = await ctx.transact(
    many(
      query
        .select({
          id: permissions.id,
          code: sql<PermissionName>`${permissions.code}`,
          module: permissions.module,
          description: permissions.description,
        })
        .from(permissions)
        .where(after(BY_CODE, cursor))
        .orderBy(...by(BY_CODE))
        .limit(limit + 1),
    ),
    one(query.select({ total: count() }).from(permissions)),
  );
  return { ...toPage(BY_CODE, rows, limit), total };
}
