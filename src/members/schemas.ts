import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Instant, Text } from "../http/schemas.ts";
import { Search } from "../http/search.ts";
import { photoKey, photoUrls } from "../people/photo.ts";
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
  ...photoUrls(HIDDEN),
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

/** The columns of {@link User}, for withPhotoUrls. */
export const userColumns = {
  ...userSummaryColumns,
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
  updated_at: users.updated_at,
};

export const UserFilters = Paging.extend({
  status: UserStatus.optional(),
  role: UserRole.optional(),
  search: Search.describe("Part of a name or email address"),
  sort: z.enum(["newest", "oldest", "name"]).default("newest"),
});
export type UserFilters = z.infer<typeof UserFilters>;

export const UserPage = pageWithTotalOf(UserSummary).meta({ id: "UserPage" });
export type UserPage = z.infer<typeof UserPage>;

export const Rejection = z.object({ reason: Text(2000).meta({ example: "We could not reach you to say hello." }) });
export type Rejection = z.infer<typeof Rejection>;
