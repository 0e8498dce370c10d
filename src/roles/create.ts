import { eq, sql } from "drizzle-orm";
import { guardOwnPermissions } from "../access/powers.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { roles } from "../tables/access.ts";
import { selectRole } from "./find.ts";
import { grantPermissions } from "./granted.ts";
import type { NewRole, Role } from "./schemas.ts";

/** Creates a role. 403 when it has a permission that the actor does not hold, 409 when the code is taken. */
export async function createRole(ctx: SignedInContext, { permissions: codes, ...details }: NewRole): Promise<Role> {
  const id = crypto.randomUUID();
  const isNew = sql`exists (select from ${roles} where ${eq(roles.id, id)})`;
  return ctx.transact((t) => {
    guardOwnPermissions(t, ctx.user_id, sql`select unnest(${sql.param(codes)}::text[])`);
    // If two requests come at once, the second waits here, inserts nothing, and fails the guard.
    t.effect(
      query
        .insert(roles)
        .values({ id, ...details })
        .onConflictDoNothing({ target: roles.code }),
    );
    t.guard(isNew, 409, "role_exists", `A role with the code "${details.code}" already exists. Choose another code.`);
    grantPermissions(t, id, codes);
    return t.one(selectRole(id));
  });
}
