import { and, eq, sql } from "drizzle-orm";
import type { SignedInContext } from "../http/context.ts";
import { mail } from "../mail/outbox.ts";
import { selectUser } from "./find.ts";
import type { Rejection, User } from "./schemas.ts";
import { changeStatus } from "./status.ts";
import { users } from "./tables.ts";

/**
 * Turns an applicant down and tells them why. An address that was never verified gets no mail, it may be a stranger's,
 * until it is verified.
 */
export async function reject(ctx: SignedInContext, user_id: string, { reason }: Rejection): Promise<User> {
  const [user] = await ctx.transact(
    ...changeStatus("reject", user_id, "Only someone who is not a member yet can be rejected.", {
      rejection_reason: reason,
      rejected_at: sql`now()`,
      rejected_by: ctx.user_id,
    }),
    mail("rejection", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name, reason: users.rejection_reason },
      from: sql`from ${users} where ${and(eq(users.id, user_id), users.email_verified)}`,
    }),
    selectUser(user_id),
  );
  return user;
}
