import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { LINK_NOT_VALID, linkIsOpen, readLink } from "../../accounts/account-token.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context, SignedInContext } from "../../http/context.ts";
import type { Notice } from "../../http/page.ts";
import { pageWords } from "../../http/page-words.ts";
import type { Message } from "../../http/schemas.ts";
import { selectBranding } from "../../organisation/organisation.ts";
import { lockPerson } from "../../people/person.ts";
import { changeStatusWhere } from "../../people/status.ts";
import { account_tokens } from "../../tables/accounts.ts";
import { vouchings } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";
import type { VouchingAnswer, VouchingAnswerByLink } from "./schemas.ts";

const ANSWERED = {
  title: pageWords()("thanks_for_answer"),
  message: pageWords()("answer_seen"),
};

/** Answers a question that volunteers asked me. 404 unless they did, 409 once I gave the other answer. */
export async function answerVouching(ctx: SignedInContext, id: string, { answer }: VouchingAnswer): Promise<Message> {
  const mine = sql`(${and(eq(vouchings.id, id), eq(vouchings.member_id, ctx.user_id))})`;
  await ctx.transact((t) => {
    t.guard(
      sql`exists (select from ${vouchings} where ${mine})`,
      404,
      "vouching_not_found",
      "Nobody asked you this question.",
    );
    writeAnswer(t, mine, answer);
  });
  return { message: `${ANSWERED.title}. ${ANSWERED.message}` };
}

/** The vouching that an open link is about: a condition on `vouchings`. */
export const vouchingOf = (token_id: string): SQL =>
  sql`${vouchings.id} = (select ${account_tokens.vouching_id} from ${account_tokens}
    where ${and(eq(account_tokens.id, token_id), eq(account_tokens.purpose, "vouch"), linkIsOpen)})`;

/** The same with the link in the mail. 400 unless it works, 409 for somebody who is no longer an active member. */
export async function answerByLink(ctx: Context, { token, answer }: VouchingAnswerByLink): Promise<Notice> {
  const vouching = vouchingOf(await readLink(ctx.settings, "vouch", token));
  const organisation = await ctx.transact((t) => {
    t.guard(sql`exists (select from ${vouchings} where ${vouching})`, ...LINK_NOT_VALID);
    writeAnswer(t, vouching, answer);
    return t.one(selectBranding(ctx.settings));
  });
  return { ...ANSWERED, organisation };
}

/** Writes an answer down. A yes pre-validates an applicant who is still waiting for that. The first answer stands. */
function writeAnswer(t: Plan, vouching: SQL, answer: VouchingAnswer["answer"]): void {
  const applicant_id = sql`(select ${vouchings.applicant_id} from ${vouchings} where ${vouching})`;
  lockPerson(t, applicant_id);
  t.guard(
    sql`exists (select from ${vouchings} join ${users} on ${eq(users.id, vouchings.member_id)}
      where ${vouching} and ${eq(users.status, "active")})`,
    409,
    "member_not_active",
    "Only active members can vouch for somebody.",
  );
  t.guard(
    sql`exists (select from ${vouchings} where ${vouching} and coalesce(${vouchings.answer}, ${answer}) = ${answer})`,
    409,
    "already_answered",
    "You already gave the other answer. To change it, please contact us.",
  );
  t.effect(
    query
      .update(vouchings)
      .set({ answer, answered_at: sql`now()` })
      .where(and(vouching, isNull(vouchings.answer))),
  );
  if (answer === "yes") changeStatusWhere(t, "pre_validate", eq(users.id, applicant_id));
}
