import { type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { alphabetical, listPageWithTotal, type Order, type Paging } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { permissions, roles } from "../tables/access.ts";
import {
  type GrantablePermissionPage,
  grantablePermissionColumns,
  type RoleFilters,
  type RolePage,
  roleColumns,
} from "./schemas.ts";

const byCode = (code: SQLWrapper): Order<{ code: string }> => ({
  name: "code",
  descending: false,
  keys: [{ expression: alphabetical(code), type: "text", of: (row) => row.code }],
});

/** A page of roles, by code. */
export function listRoles(ctx: SignedInContext, { search, ...paging }: RoleFilters): Promise<RolePage> {
  const matching = contains(sql`(${roles.code} || ' ' || ${roles.name} || ' ' || ${roles.description})`, search);
  const select = () => query.select(roleColumns).from(roles);
  return ctx.transact((t) => listPageWithTotal(t, byCode(roles.code), select, paging, matching));
}

/** A page of the permissions that a role can have, by code. */
export function listPermissions(ctx: SignedInContext, paging: Paging): Promise<GrantablePermissionPage> {
  const select = () => query.select(grantablePermissionColumns).from(permissions);
  return ctx.transact((t) => listPageWithTotal(t, byCode(permissions.code), select, paging));
}
