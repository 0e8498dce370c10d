import { eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { roles } from "../tables/access.ts";
import { type Role, roleColumns } from "./schemas.ts";

export const ROLE_NOT_FOUND = [404, "role_not_found", "There is no such role."] as const;

export const selectRole = (id: string) => query.select(roleColumns).from(roles).where(eq(roles.id, id));

/** One role. 404 if there is no such role. */
export const getRole = (ctx: SignedInContext, id: string): Promise<Role> =>
  ctx.transact((t) => t.one(selectRole(id), new Refusal(...ROLE_NOT_FOUND)));
