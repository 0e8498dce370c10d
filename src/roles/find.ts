import { eq } from "drizzle-orm";
import { roles } from "../access/tables.ts";
import { one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { type Role, roleColumns } from "./schemas.ts";

export const ROLE_NOT_FOUND = [404, "role_not_found", "There is no such role."] as const;

export const selectRole = (id: string) =>
  one(query.select(roleColumns).from(roles).where(eq(roles.id, id)), new Refusal(...ROLE_NOT_FOUND));

/** One role. 404 when there is none. */
export async function findRole(ctx: SignedInContext, id: string): Promise<Role> {
  const [role] = await ctx.transact(selectRole(id));
  return role;
}
