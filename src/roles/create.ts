import { eq, sql } from "drizzle-orm";
import { roles } from "../access/tables.ts";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { selectRole } from "./find.ts";
import { grant } from "./granted.ts";
import { guardOwn } from "./rules.ts";
import type { NewRole, Role } from "./schemas.ts";

/** Makes a role of what its maker may do. 403 when it would hold more, 409 when there is one of this code. */
export async function createRole(ctx: SignedInContext, { permissions: codes, ...details }: NewRole): Promise<Role> {
  const id = crypto.randomUUID();
  const [role] = await ctx.transact(
    guardOwn(ctx.user_id, sql`select unnest(${sql.param(codes)}::text[])`),
    // Of two at once the second waits here, and is refused in the next statement.
    effect(
      query
        .insert(roles)
        .values({ id, ...details })
        .onConflictDoNothing({ target: roles.code }),
    ),
    guard(
      sql`exists (select from ${roles} where ${eq(roles.id, id)})`,
      409,
      "role_exists",
      `There is a role with the code "${details.code}" already. Please choose another code.`,
    ),
    grant(id, codes),
    selectRole(id),
  );
  return role;
}
