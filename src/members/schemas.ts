import { sql } from "drizzle-orm";
import * as z from "zod";
import { ExportOptions } from "../http/export.ts";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Instant, Text } from "../http/schemas.ts";
import { Search } from "../http/search.ts";
import { shownToVolunteers } from "../people/privacy.ts";
import { UserRole, UserStatus } from "../people/schemas.ts";
import { users } from "../tables/people.ts";

/** A person in the list that volunteers see. */
export const UserSummary = z
  .object({
    id: z.uuid(),
    email: z.string().nullable(),
    first_name: z.string(),
    last_name: z.string(),
    status: UserStatus,
    role: UserRole,
    email_verified: z.boolean(),
    created_at: Instant,
  })
  .meta({ id: "UserSummary" });
export type UserSummary = z.infer<typeof UserSummary>;

export const userSummaryColumns = {
  id: users.id,
  email: users.email,
  first_name: users.first_name,
  last_name: users.last_name,
  status: users.status,
  role: users.role,
  email_verified: users.email_verified,
  created_at: users.created_at,
};

const HIDDEN = "Null if there is none, or if the person shows it to nobody";
const Hideable = z.string().nullable().describe(HIDDEN);

/** A person as volunteers who review applications see them. */
export const User = UserSummary.extend({
  pronouns: z.string().nullable(),
  phone: Hideable,
  address: Hideable,
  birthday: z.iso.date().nullable().describe(HIDDEN),
  bio: Hideable,
  profile_photo_url: Hideable,
  partner_first_name: Hideable,
  partner_last_name: Hideable,
  partner_is_member: z.boolean().nullable().describe(HIDDEN),
  referred_by: z.string().nullable(),
  rejection_reason: z.string().nullable(),
  rejected_at: Instant.nullable(),
  rejected_by: z.uuid().nullable(),
  updated_at: Instant,
}).meta({ id: "User" });
export type User = z.infer<typeof User>;

export const userColumns = {
  ...userSummaryColumns,
  pronouns: users.pronouns,
  phone: shownToVolunteers("phone"),
  address: shownToVolunteers("address"),
  birthday: shownToVolunteers("birthday"),
  bio: shownToVolunteers("bio"),
  profile_photo_url: sql<string | null>`null`,
  partner_first_name: shownToVolunteers("partner_first_name"),
  partner_last_name: shownToVolunteers("partner_last_name"),
  partner_is_member: shownToVolunteers("partner_is_member"),
  referred_by: users.referred_by,
  rejection_reason: users.rejection_reason,
  rejected_at: users.rejected_at,
  rejected_by: users.rejected_by,
  updated_at: users.updated_at,
};

/** Which people a list shows, or a request about many is about. */
export const PeopleConditions = z.object({
  status: UserStatus.optional(),
  role: UserRole.optional(),
  search: Search.describe("Part of a name or email address"),
});
export type PeopleConditions = z.infer<typeof PeopleConditions>;

export const UserFilters = Paging.extend({
  ...PeopleConditions.shape,
  sort: z.enum(["newest", "oldest", "name"]).default("newest"),
});
export type UserFilters = z.infer<typeof UserFilters>;

const { limit: _limit, cursor: _cursor, sort: _sort, ...userFilters } = UserFilters.shape;

/** The same filters as the list, but for a file with every match. */
export const UserExport = ExportOptions.extend(userFilters);
export type UserExport = z.infer<typeof UserExport>;

export const UserPage = pageWithTotalOf(UserSummary).meta({ id: "UserPage" });
export type UserPage = z.infer<typeof UserPage>;

export const Rejection = z.object({ reason: Text(2000).meta({ example: "We could not reach you to say hello." }) });
export type Rejection = z.infer<typeof Rejection>;
