import * as z from "zod";
import { OptionalLine } from "../http/schemas.ts";
import { userrole, userstatus } from "../tables/people.ts";

export const UserStatus = z.enum(userstatus.enumValues).meta({ id: "UserStatus" });
export type UserStatus = z.infer<typeof UserStatus>;
export const UserRole = z.enum(userrole.enumValues).meta({ id: "UserRole" });

/** A person in another thing's answer. */
export const NamedPerson = z.object({ id: z.uuid(), name: z.string() }).meta({ id: "NamedPerson" });
export type NamedPerson = z.infer<typeof NamedPerson>;

/** Empty for people with one name: null and "" are the same. */
export const LastName = OptionalLine(100)
  .transform((name) => name ?? "")
  .meta({ example: "Example" });
