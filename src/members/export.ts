import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { cellsOf, column, exactTimeColumn } from "../http/csv-columns.ts";
import { exportCsv } from "../http/export.ts";
import { by, type Order } from "../http/pagination.ts";
import type { Download } from "../http/route.ts";
import { shownToVolunteers } from "../people/privacy.ts";
import { user_tags } from "../tables/members.ts";
import { users } from "../tables/people.ts";
import { subscription_plans } from "../tables/plans.ts";
import { RUNNING_STATUSES, subscriptions } from "../tables/subscriptions.ts";
import { peopleMatch } from "./list.ts";
import type { UserExport } from "./schemas.ts";

/**
 * The people who match, as a CSV file that can be imported again. What a person hides from volunteers is left out, and so
 * are all legal names. Each page's transaction records whose data it holds.
 */
export const exportUsers = (ctx: SignedInContext, options: UserExport): Promise<Download> =>
  exportCsv(ctx, usersIn(ctx, options));

/** What is exported, and how it is read. */
export function usersIn(
  viewer: Pick<SignedInContext, "user_id" | "settings">,
  { bom, headers, amounts, ...filters }: UserExport,
) {
  return {
    table: "users",
    filters,
    options: { bom, headers, amounts },
    columns: userExportColumns,
    order: LATEST,
    select: (which: SQL, limit: number) =>
      query
        .select({ id: users.id, joined_at: users.joined_at, cells: cellsOf(userExportColumns) })
        .from(users)
        .where(which)
        .orderBy(...by(LATEST))
        .limit(limit),
    subjects: {
      id: users.id,
      ids: (from: SQL, limit: number) =>
        query
          .select({ id: users.id })
          .from(users)
          .where(sql`${peopleMatch(viewer, filters)} and ${from}`)
          .orderBy(...by(LATEST))
          .limit(limit),
    },
  };
}

/** Whoever joined last comes first. An import keeps ids and these instants, so it keeps this order too. */
const LATEST: Order<{ joined_at: string; id: string }> = {
  name: "joined",
  descending: true,
  keys: [
    { expression: sql`${users.joined_at}`, type: "timestamptz", of: (row) => row.joined_at },
    { expression: sql`${users.id}`, type: "uuid", of: (row) => row.id },
  ],
};

const tags = sql`(select string_agg(${user_tags.tag}, ', ' order by ${user_tags.tag} collate "C")
  from ${user_tags} where ${eq(user_tags.user_id, users.id)})`;

const plan = query
  .select({ name: subscription_plans.name })
  .from(subscriptions)
  .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
  .where(sql`${eq(subscriptions.user_id, users.id)} and ${inArray(subscriptions.status, [...RUNNING_STATUSES])}`)
  .limit(1);

export const userExportColumns = {
  id: column("Member ID", users.id),
  external_id: column("External ID", users.external_id),
  email: column("Email", users.email),
  first_name: column("First name", users.first_name),
  last_name: column("Last name", users.last_name),
  pronouns: column("Pronouns", users.pronouns),
  phone: column("Phone", shownToVolunteers("phone")),
  address: column("Address", shownToVolunteers("address")),
  birthday: column("Birthday", shownToVolunteers("birthday")),
  bio: column("Bio", shownToVolunteers("bio")),
  partner_first_name: column("Partner's first name", shownToVolunteers("partner_first_name")),
  partner_last_name: column("Partner's last name", shownToVolunteers("partner_last_name")),
  partner_is_member: column("Partner is a member", shownToVolunteers("partner_is_member")),
  referred_by: column("Referred by", users.referred_by),
  status: column("Status", users.status),
  role: column("Role", users.role),
  joined_at: exactTimeColumn("Joined", users.joined_at),
  language: column("Language", users.language),
  time_zone: column("Time zone", users.time_zone),
  photo_preference: column("Photo preference", users.photo_preference),
  newsletter_consent_at: exactTimeColumn("Newsletter consent", users.newsletter_consent_at),
  tags: column("Tags", tags),
  plan: column("Plan", sql`(${plan})`),
};
