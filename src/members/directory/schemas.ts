import * as z from "zod";
import { Paging, pageOf } from "../../http/pagination.ts";
import { Search } from "../../http/search.ts";
import { photoKey, photoUrls } from "../../people/photo.ts";
import { shownToMembers } from "../../people/privacy.ts";
import { users } from "../../tables/people.ts";

const shown = z.string().nullable().describe("Null if there is none, or if the member does not show it");

/** A member in the directory, with what they show to other members. */
export const DirectoryEntry = z
  .object({
    id: z.uuid(),
    first_name: z.string(),
    last_name: z.string(),
    pronouns: z.string().nullable(),
    email: shown,
    phone: shown,
    address: shown,
    birthday: z.iso.date().nullable().describe("Null if there is none, or if the member does not show it"),
    bio: shown,
    ...photoUrls("Null if there is none, or if the member does not show it"),
    partner_first_name: shown,
    partner_last_name: shown,
  })
  .meta({ id: "DirectoryEntry" });
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

export const DirectoryPage = pageOf(DirectoryEntry).meta({ id: "DirectoryPage" });
export type DirectoryPage = z.infer<typeof DirectoryPage>;

/** The columns of {@link DirectoryEntry}, for withPhotoUrls. */
export const directoryColumns = {
  id: users.id,
  first_name: users.first_name,
  last_name: users.last_name,
  pronouns: users.pronouns,
  email: shownToMembers("email"),
  phone: shownToMembers("phone"),
  address: shownToMembers("address"),
  birthday: shownToMembers("birthday"),
  bio: shownToMembers("bio"),
  photo_key: photoKey(shownToMembers("photo_id")),
  partner_first_name: shownToMembers("partner_first_name"),
  partner_last_name: shownToMembers("partner_last_name"),
};

export const DirectoryFilters = Paging.extend({ search: Search.describe("Part of a member's name") });
export type DirectoryFilters = z.infer<typeof DirectoryFilters>;
