import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import type { Context, PersonContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { pageWords } from "../../http/page-words.ts";
import { addressMark, type PayLink, readPayToken } from "../../mail/pay-link.ts";
import { users } from "../../tables/people.ts";
import { PAYING_STATUSES } from "../checkout/rules.ts";
import type { PayLinkToken } from "./schemas.ts";

const NOT_VALID = [400, "link_not_valid", pageWords()("pay_link_not_valid")] as const;

/** The link's owner may still pay, and still has the address that it went to. Erased people have none. */
function guardHolder(t: Plan, { user_id, address_mark }: PayLink): void {
  const holder = and(
    eq(users.id, user_id),
    isNull(users.erased_at),
    users.email_verified,
    eq(addressMark(users.email, users.id), address_mark),
    inArray(users.status, [...PAYING_STATUSES]),
  );
  t.guard(sql`exists (select from ${users} where ${holder})`, ...NOT_VALID);
}

/**
 * Lets the holder of a mailed link do what its owner could do signed in. Only for the use cases of paying. Every transaction
 * begins by checking the link, as that of a signed-in person begins by checking the session. 400 if we did not make the link, if
 * it is too old, or if its owner has another address or may not pay.
 */
export async function actForHolder(ctx: Context, { token }: PayLinkToken): Promise<PersonContext> {
  const link = await readPayToken(ctx.settings, token);
  if (!link) throw new Refusal(...NOT_VALID);
  if (link.expires_at * 1000 <= ctx.now.getTime())
    throw new Refusal(400, "link_expired", pageWords()("pay_link_too_old"));
  return {
    ...ctx,
    user_id: link.user_id,
    transact: (write) =>
      ctx.transact((t) => {
        guardHolder(t, link);
        return write(t);
      }),
  };
}
