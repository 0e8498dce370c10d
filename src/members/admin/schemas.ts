import * as z from "zod";
import { Email, Moment, OptionalLine, OptionalText } from "../../http/schemas.ts";
import { LastName, UserStatus } from "../../people/schemas.ts";
import { Twin } from "../../people/twins.ts";
import { profileFields } from "../my/schemas.ts";
import { User } from "../schemas.ts";

/** Null for people who have none. A form's empty field counts as none. */
const OptionalEmail = z
  .string()
  .trim()
  .transform((text) => text || null)
  .pipe(Email.nullable())
  .nullable()
  .meta({ maxLength: 254, example: "robin@example.org" });

const referred_by = OptionalLine(200).describe("Who told them about the organization");

/** Somebody whom a volunteer enters, such as from a paper form. */
export const NewUser = z
  .strictObject({
    ...z.object(profileFields).partial().shape,
    first_name: profileFields.first_name,
    last_name: LastName.default(""),
    email: OptionalEmail.default(null).describe("Proves nothing until its owner opens the account"),
    referred_by: referred_by.optional(),
    status: UserStatus.extract(["pending_validation", "pre_validated"]).default("pending_validation"),
    send_activation: z
      .boolean()
      .default(false)
      .describe("Whether to email a link that confirms the address and opens the account. No other email is sent"),
  })
  .refine(({ email, send_activation }) => email !== null || !send_activation, {
    path: ["send_activation"],
    error: "needs an email address",
  })
  .meta({ id: "NewUser" });
export type NewUser = z.infer<typeof NewUser>;

export const CreatedUser = User.extend({
  twins: z
    .array(Twin)
    .optional()
    .describe("People who may be the same person. Left out for those who lack `users.view`"),
}).meta({ id: "CreatedUser" });
export type CreatedUser = z.infer<typeof CreatedUser>;

/** What to change of somebody; what is left out stays. */
export const UserChange = z
  .strictObject({
    ...profileFields,
    email: OptionalEmail,
    referred_by,
    updated_at: Moment.describe(
      "The person's `updated_at` as you read it. If somebody has changed the person since, the answer is 409 `changed_meanwhile`",
    ),
  })
  .partial()
  .meta({ id: "UserChange" });
export type UserChange = z.infer<typeof UserChange>;

export const UserStatusChange = z.strictObject({
  status: UserStatus,
  reason: OptionalText(2000)
    .optional()
    .describe("Kept as a note about the person")
    .meta({ example: "They wrote that they moved away." }),
});
export type UserStatusChange = z.infer<typeof UserStatusChange>;
