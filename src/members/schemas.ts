import { sql } from "drizzle-orm";
import * as z from "zod";
import { ExportOptions } from "../http/export.ts";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { From, Id, Instant, isInOrder, separatedByCommas, Text, To, YesOrNo } from "../http/schemas.ts";
import { Search } from "../http/search.ts";
import { photoKey, photoUrls } from "../people/photo.ts";
import { shownToVolunteers } from "../people/privacy.ts";
import { NamedPerson, UserRole, UserStatus } from "../people/schemas.ts";
import { personWaits, TAKEN_ON_DAYS, takenOn } from "../people/taken-on.ts";
import { personHasTwin } from "../people/twins.ts";
import { users } from "../tables/people.ts";
import { Tag, tagsOf } from "./admin/tag-schemas.ts";

const Person = z.object({
  id: z.uuid(),
  email: z.string().nullable(),
  first_name: z.string(),
  last_name: z.string(),
  status: UserStatus,
  role: UserRole,
  email_verified: z.boolean(),
  tags: z.array(z.string()),
  taken_on_by: NamedPerson.nullable().describe(
    `The volunteer who is looking after the application. After ${TAKEN_ON_DAYS} days it is free again`,
  ),
  taken_on_at: Instant.nullable(),
  waiting_since: Instant.nullable().describe(
    "Since when the application has been waiting for volunteers in its status: since the address was verified, somebody vouched, or a rejection was taken back, for example. Null if it is not waiting",
  ),
  joined_at: Instant.describe("When the person came to the organization"),
  created_at: Instant.describe("When the person was entered here. Later than `joined_at` for people who were imported"),
  updated_at: Instant,
});

const personColumns = {
  id: users.id,
  email: users.email,
  first_name: users.first_name,
  last_name: users.last_name,
  status: users.status,
  role: users.role,
  email_verified: users.email_verified,
  tags: tagsOf(users.id),
  ...takenOn,
  joined_at: users.joined_at,
  created_at: users.created_at,
  updated_at: users.updated_at,
};

/** A person in the list that volunteers see. */
export const UserSummary = Person.extend({
  has_twin: z
    .boolean()
    .nullable()
    .describe(
      "Whether somebody here may be the same person: see `twins` of the person before you decide. Null if the application is not waiting for volunteers",
    ),
}).meta({ id: "UserSummary" });
export type UserSummary = z.infer<typeof UserSummary>;

/** The columns of {@link UserSummary}. */
export const userSummaryColumns = {
  ...personColumns,
  has_twin: sql<boolean | null>`case when ${personWaits} then ${personHasTwin} end`,
};

const HIDDEN = "Null if there is none, or if the person hides it from volunteers";
const Hideable = z.string().nullable().describe(HIDDEN);

/** A person as volunteers who review applications see them. */
export const User = Person.extend({
  pronouns: z.string().nullable(),
  phone: Hideable,
  address: Hideable,
  birthday: z.iso.date().nullable().describe(HIDDEN),
  bio: Hideable,
  ...photoUrls(HIDDEN),
  partner_first_name: Hideable,
  partner_last_name: Hideable,
  partner_is_member: z.boolean().nullable().describe(HIDDEN),
  referred_by: z.string().nullable(),
  rejection_reason: z.string().nullable(),
  rejected_at: Instant.nullable(),
  rejected_by: z.uuid().nullable(),
}).meta({ id: "User" });
export type User = z.infer<typeof User>;

/** The columns of {@link User}, for withPhotoUrls. */
export const userColumns = {
  ...personColumns,
  pronouns: users.pronouns,
  phone: shownToVolunteers("phone"),
  address: shownToVolunteers("address"),
  birthday: shownToVolunteers("birthday"),
  bio: shownToVolunteers("bio"),
  photo_key: photoKey(shownToVolunteers("photo_id")),
  partner_first_name: shownToVolunteers("partner_first_name"),
  partner_last_name: shownToVolunteers("partner_last_name"),
  partner_is_member: shownToVolunteers("partner_is_member"),
  referred_by: users.referred_by,
  rejection_reason: users.rejection_reason,
  rejected_at: users.rejected_at,
  rejected_by: users.rejected_by,
};

const Statuses = z.array(UserStatus).min(1).max(UserStatus.options.length);

/** Which people a list shows, an export holds, or a request decides on. `yes_or_no` and `statuses` are how a query or a body writes them. */
const conditions = <YesNo extends z.ZodType<boolean>, Several extends z.ZodType<UserStatus[]>>(
  yes_or_no: YesNo,
  statuses: Several,
) => ({
  status: statuses.optional(),
  role: UserRole.optional().describe("The highest system role, as the list shows it"),
  role_id: Id.optional().describe("People who hold this role, be it a system role or one of your own"),
  search: Search.describe("Part of a name or email address"),
  joined_from: From,
  joined_to: To,
  updated_from: From,
  updated_to: To,
  status_from: From.describe("People who came to their status on this day or later, or at this instant or later"),
  status_to: To.describe("The same, on this day or earlier, or before this instant"),
  plan: Id.optional().describe("People whose running subscription has this plan"),
  email_verified: yes_or_no.optional(),
  has_photo: yes_or_no.optional().describe("Whether they have a photo that volunteers may see"),
  no_email: yes_or_no.optional().describe("Whether they have no email address"),
  mail_suppressed: yes_or_no
    .optional()
    .describe("Whether we no longer write to their address, because mails to it bounced or somebody complained"),
  tag: Tag.optional(),
  erasing: yes_or_no.optional().describe("Whether everything about them will be erased soon"),
  taken_on_by: z
    .union([z.enum(["me", "nobody"]), Id], { error: "must be me, nobody or the id of a volunteer" })
    .optional()
    .describe("People whose application this volunteer is looking after: `me`, `nobody`, or an id"),
});

/** The filters in a query. */
export const PeopleConditions = z.object(
  conditions(
    YesOrNo,
    separatedByCommas(Statuses)
      .describe(`One or more, separated by commas: ${UserStatus.options.map((status) => `\`${status}\``).join(", ")}`)
      .meta({ example: "pending_validation,pre_validated" }),
  ),
);
export type PeopleConditions = z.infer<typeof PeopleConditions>;

/** Refuses ranges whose ends are swapped. */
export const withRangesInOrder = <Filters extends z.ZodType<PeopleConditions>>(filters: Filters): Filters =>
  (["joined", "updated", "status"] as const).reduce<Filters>(
    (refined, range) =>
      refined.refine(
        ({ [`${range}_from` as const]: from, [`${range}_to` as const]: to }) => !from || !to || isInOrder(from, to),
        { path: [`${range}_to`], message: `must not be before ${range}_from` },
      ),
    filters,
  );

/** The same filters in a JSON body. */
export const PeopleFilter = withRangesInOrder(z.strictObject(conditions(z.boolean(), Statuses)));

export const UserFilters = withRangesInOrder(
  Paging.extend({
    ...PeopleConditions.shape,
    sort: z
      .enum(["newest", "oldest", "name", "joined", "updated", "waiting"])
      .default("newest")
      .describe(
        "`joined` and `updated`: the latest first. `waiting`: only people who wait for volunteers, and whoever has waited longest first",
      ),
  }),
);
export type UserFilters = z.infer<typeof UserFilters>;

/** The same filters as the list, but for a file with every match. */
export const UserExport = withRangesInOrder(ExportOptions.extend(PeopleConditions.shape));
export type UserExport = z.infer<typeof UserExport>;

export const UserPage = pageWithTotalOf(UserSummary)
  .extend({
    counts: z
      .object({
        pending_email: z.int(),
        pending_validation: z.int(),
        pre_validated: z.int(),
        payment_pending: z.int(),
        active: z.int(),
        rejected: z.int(),
        inactive: z.int(),
      } satisfies Record<UserStatus, z.ZodInt>)
      .describe("How many people of each status match the other filters, whatever the `status` filter is"),
  })
  .meta({ id: "UserPage" });
export type UserPage = z.infer<typeof UserPage>;

export const Rejection = z.object({ reason: Text(2000).meta({ example: "We could not reach you to say hello." }) });
export type Rejection = z.infer<typeof Rejection>;
