import { sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, type Order } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { roles } from "../tables/access.ts";
import { type Role, type RoleFilters, type RolePage, roleColumns } from "./schemas.ts";

const BY_CODE: Order<Pick<Role, "code">> = {
  name: "code",
  descending: false,
  keys: [{ expression: sql`${roles.code}`, type: "text", of: (role) => role.code }],
};

/** A page of roles, by code. */
export function listRoles(ctx: SignedInContext, { search, ...paging }: RoleFilters): Promise<RolePage> {
  const matching = contains(sql`(${roles.code} || ' ' || ${roles.name} || ' ' || ${roles.description})`, search);
  return ctx.transact((t) =>
    listPageWithTotal(t, BY_CODE, () => query.select(roleColumns).from(roles), paging, matching),
  );
}
