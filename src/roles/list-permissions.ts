import { sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, type Order, type Paging } from "../http/pagination.ts";
import { permissions } from "../tables/access.ts";
import { type GrantablePermission, type GrantablePermissionPage, grantablePermissionColumns } from "./schemas.ts";

const BY_CODE: Order<Pick<GrantablePermission, "code">> = {
  name: "code",
  descending: false,
  keys: [{ expression: sql`${permissions.code}`, type: "text", of: (permission) => permission.code }],
};

/** A page of the permissions that a role can have, by code. */
export const listPermissions = (ctx: SignedInContext, paging: Paging): Promise<GrantablePermissionPage> =>
  ctx.transact((t) =>
    listPageWithTotal(t, BY_CODE, () => query.select(grantablePermissionColumns).from(permissions), paging),
  );
