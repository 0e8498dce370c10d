import { eq } from "drizzle-orm";
import { one, query } from "../../database/statements.ts";
import type { SignedInContext } from "../../http/context.ts";
import { users } from "../../members/tables.ts";
import { recovery_codes, second_factors } from "../tables.ts";
import { isRequired } from "./needed.ts";
import { isUnused } from "./recovery-codes.ts";
import type { SecondFactorStatus } from "./schemas.ts";

/** Whether I have a second factor, since when, whether a role of mine insists on one, and how many recovery codes are left. */
export async function status({ settings, user_id, transact }: SignedInContext): Promise<SecondFactorStatus> {
  const [factor] = await transact(
    one(
      query
        .select({
          confirmed_at: second_factors.confirmed_at,
          required: isRequired(settings, users.id),
          recovery_codes_left: query.$count(recovery_codes, isUnused(user_id)),
        })
        .from(users)
        .leftJoin(second_factors, eq(second_factors.user_id, users.id))
        .where(eq(users.id, user_id)),
    ),
  );
  return { enabled: factor.confirmed_at !== null, ...factor };
}
