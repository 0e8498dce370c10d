import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { LINK_NOT_VALID, readLink } from "../../accounts/account-token.ts";
import type { Link } from "../../accounts/schemas.ts";
import { query } from "../../database/query.ts";
import type { Context, SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { linkForm, page } from "../../http/page.ts";
import { pageWords } from "../../http/page-words.ts";
import { listPage, newestFirst, type Paging } from "../../http/pagination.ts";
import { selectBranding } from "../../organisation/organisation.ts";
import { STATUS_FLOW } from "../../people/status.ts";
import { vouchings } from "../../tables/members.ts";
import { fullNameOf } from "../../tables/people.ts";
import { vouchingOf } from "./answer.ts";
import { applicant, type MailedQuestion, type VouchingQuestionPage, vouchingQuestionColumns } from "./schemas.ts";

/** Whether an answer is still needed. Afterwards, nothing shows the member who applied. */
const needsAnswer = and(isNull(vouchings.answer), inArray(applicant.status, [...STATUS_FLOW.pre_validate.from]));

/** The applicants whom volunteers ask me about, until I answer or no answer is needed anymore. */
export const listVouchingQuestions = (ctx: SignedInContext, paging: Paging): Promise<VouchingQuestionPage> => {
  const select = () =>
    query
      .select(vouchingQuestionColumns)
      .from(vouchings)
      .innerJoin(applicant, eq(applicant.id, vouchings.applicant_id));
  const mine = and(eq(vouchings.member_id, ctx.user_id), needsAnswer);
  return ctx.transact((t) => listPage(t, newestFirst(vouchings), select, paging, mine));
};

/** What a mailed link asks. 400 unless the link works. */
export async function openVouchingLink(ctx: Context, { token }: Link): Promise<MailedQuestion> {
  const vouching = vouchingOf(await readLink(ctx.settings, "vouch", token));
  const { found, organisation } = await ctx.transact((t) => ({
    found: t.one(
      query
        .select({ name: sql<string | null>`case when ${needsAnswer} then ${fullNameOf(applicant)} end` })
        .from(vouchings)
        .innerJoin(applicant, eq(applicant.id, vouchings.applicant_id))
        .where(vouching),
      new Refusal(...LINK_NOT_VALID),
    ),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  const say = pageWords(organisation.name);
  const { name } = found;
  const words =
    name === null
      ? { title: say("thanks"), message: say("question_settled") }
      : { title: say("do_you_know", { name }), message: say("about_vouching", { name }) };
  return { ...words, organisation, applicant_name: found.name };
}

/** The page that the link opens. Only its buttons change anything. */
export async function askMember(ctx: Context, { token }: Link): Promise<HtmlEscapedString> {
  const { applicant_name, ...notice } = await openVouchingLink(ctx, { token });
  if (applicant_name === null) return page(notice, ctx.settings);
  const say = pageWords();
  return page(
    notice,
    ctx.settings,
    html`${linkForm("/api/auth/vouch", token, say("i_know_them"), { answer: "yes" })}
      ${linkForm("/api/auth/vouch", token, say("i_do_not_know_them"), { answer: "no", quiet: true })}`,
  );
}
