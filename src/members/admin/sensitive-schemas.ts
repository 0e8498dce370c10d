import { sql } from "drizzle-orm";
import * as z from "zod";
import { Id } from "../../http/schemas.ts";
import { photoKey, photoUrls } from "../../people/photo.ts";
import { Twin } from "../../people/twins.ts";
import { users } from "../../tables/people.ts";
import { Privacy, privacyColumns } from "../my/schemas.ts";

/** Everything in a profile that a person can hide, whether they do or not. */
export const SensitiveDetails = z
  .object({
    id: Id,
    legal_name: z.string().nullable(),
    name_on_documents: z.enum(users.name_on_documents.enumValues),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    birthday: z.iso.date().nullable(),
    bio: z.string().nullable(),
    ...photoUrls(),
    partner_first_name: z.string().nullable(),
    partner_last_name: z.string().nullable(),
    partner_is_member: z.boolean(),
    privacy: Privacy.describe("Who sees what of this person"),
    twins: z.array(Twin).describe("People who may be the same person, judged by what they hide too"),
  })
  .meta({ id: "SensitiveDetails" });
export type SensitiveDetails = z.infer<typeof SensitiveDetails>;

/** The columns of {@link SensitiveDetails}, without the twins, for withPhotoUrls. */
export const sensitiveColumns = {
  id: users.id,
  legal_name: users.legal_name,
  name_on_documents: users.name_on_documents,
  phone: users.phone,
  address: users.address,
  birthday: users.birthday,
  bio: users.bio,
  photo_key: photoKey(sql`${users.photo_id}`),
  partner_first_name: users.partner_first_name,
  partner_last_name: users.partner_last_name,
  partner_is_member: users.partner_is_member,
  privacy: privacyColumns,
};
