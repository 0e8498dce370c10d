import * as z from "zod";
import { userrole, userstatus } from "../tables/people.ts";

export const UserStatus = z.enum(userstatus.enumValues).meta({ id: "UserStatus" });
export type UserStatus = z.infer<typeof UserStatus>;
export const UserRole = z.enum(userrole.enumValues).meta({ id: "UserRole" });
