import { eq } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { recovery_codes, second_factors } from "../../tables/accounts.ts";
import { users } from "../../tables/people.ts";
import { personNeedsSecondFactor } from "./needed.ts";
import { recoveryCodeIsUnused } from "./recovery-codes.ts";
import type { SecondFactorStatus } from "./schemas.ts";

/** Whether I have a second factor, whether I need one, and how many recovery codes are left. */
export const getMySecondFactor = ({ settings, user_id, transact }: SignedInContext): Promise<SecondFactorStatus> =>
  transact((t) => {
    const factor = t.one(
      query
        .select({
          confirmed_at: second_factors.confirmed_at,
          required: personNeedsSecondFactor(settings, users.id),
          recovery_codes_left: query.$count(recovery_codes, recoveryCodeIsUnused(user_id)),
        })
        .from(users)
        .leftJoin(second_factors, eq(second_factors.user_id, users.id))
        .where(eq(users.id, user_id)),
    );
    return t.combine(factor, (found) => ({ enabled: found.confirmed_at !== null, ...found }));
  });
