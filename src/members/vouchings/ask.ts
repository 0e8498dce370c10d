import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { issueLink } from "../../accounts/account-token.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson, lockPerson } from "../../people/person.ts";
import { personMay } from "../../people/status.ts";
import { account_tokens } from "../../tables/accounts.ts";
import { vouchings } from "../../tables/members.ts";
import { fullNameOf, users } from "../../tables/people.ts";
import { guardOthersApplication } from "../own-application.ts";
import { applicant, type Vouching, type VouchingRequest, type Vouchings, vouchingColumns } from "./schemas.ts";

/** The name of the applicant, for the vouching of a row of `account_tokens`. */
const applicantName = sql<string>`(select ${fullNameOf(applicant)}
  from ${vouchings} join ${users} as applicant on ${eq(applicant.id, vouchings.applicant_id)}
  where ${eq(vouchings.id, account_tokens.vouching_id)})`;

const selectVouchings = () => query.select(vouchingColumns).from(vouchings);

/** Everybody who was asked about an applicant, in the order in which they were asked. 404 without such a person. */
export async function listVouchings(ctx: SignedInContext, applicant_id: string): Promise<Vouchings> {
  const items = await ctx.transact((t) => {
    guardPerson(t, applicant_id);
    return t.many(
      selectVouchings()
        .where(eq(vouchings.applicant_id, applicant_id))
        .orderBy(asc(vouchings.created_at), asc(vouchings.id)),
    );
  });
  return { items, next_cursor: null };
}

/**
 * Asks an active member by mail whether they know an applicant. Asking again sends the mail again, at most once a day. 404 without
 * such an applicant, 409 unless they are waiting and wrote down who knows them, or once the member answered.
 */
export const askToVouch = (
  ctx: SignedInContext,
  applicant_id: string,
  { member_id }: VouchingRequest,
): Promise<Vouching> =>
  ctx.transact((t) => {
    const person = eq(users.id, applicant_id);
    const member = sql`(${and(eq(users.id, member_id), eq(users.status, "active"), users.email_verified)})`;
    const both = and(eq(vouchings.applicant_id, applicant_id), eq(vouchings.member_id, member_id));
    const vouching_id = sql`(select ${vouchings.id} from ${vouchings} where ${both})`;
    lockPerson(t, applicant_id);
    guardOthersApplication(t, ctx, applicant_id);
    guardPerson(t, applicant_id);
    t.valid(
      sql`exists (select from ${users} where ${member})`,
      "member_id",
      "must be an active member with a confirmed email address",
    );
    t.guard(
      sql`exists (select from ${users} where ${and(person, personMay("pre_validate"))})`,
      409,
      "status_conflict",
      "Nobody needs to vouch for this person: they are not waiting to be validated.",
    );
    // The mail names the applicant. Only somebody who named a member wants that member to know.
    t.guard(
      sql`exists (select from ${users} where ${and(person, isNotNull(users.referred_by))})`,
      409,
      "nobody_referred",
      "This person did not write down who knows them, so we cannot tell anybody that they applied.",
    );
    t.effect(query.insert(vouchings).values({ applicant_id, member_id, asked_by: ctx.user_id }).onConflictDoNothing());
    t.guard(
      sql`not exists (select from ${vouchings} where ${and(both, isNotNull(vouchings.answer))})`,
      409,
      "already_answered",
      "This member has already answered.",
    );
    t.guard(
      sql`not exists (select from ${account_tokens}
        where ${account_tokens.vouching_id} = ${vouching_id} and ${account_tokens.created_at} > now() - interval '1 day')`,
      429,
      "asked_today",
      "This member was asked within the last 24 hours. Please give them time to answer.",
    );
    const link = issueLink(t, "vouch", member, { vouching_id });
    t.mail("vouching", {
      ...link,
      data: { first_name: users.first_name, applicant_name: applicantName },
    });
    return t.one(selectVouchings().where(both));
  });
