import { eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { roles } from "../tables/access.ts";
import { ROLE_NOT_FOUND } from "./find.ts";

/** 404 unless the role exists. Others who edit, delete or assign it wait, and then see what changed. */
export const lockRole = (t: Plan, id: string): void =>
  t.guard(sql`(select ${roles.id} from ${roles} where ${eq(roles.id, id)} for update) is not null`, ...ROLE_NOT_FOUND);
