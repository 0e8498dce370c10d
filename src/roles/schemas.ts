import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { ALL_PERMISSIONS, type Permission } from "../access/permissions.ts";
import { query } from "../database/query.ts";
import { Paging, pageOf, pageWithTotalOf } from "../http/pagination.ts";
import { Id, Instant, LINE, Line, NOT_A_LINE } from "../http/schemas.ts";
import { Search } from "../http/search.ts";
import { permissions, roles, user_role_assignments } from "../tables/access.ts";
import { selectGrantedCodes } from "./granted.ts";

export const PermissionCode = z.enum(ALL_PERMISSIONS).meta({ id: "PermissionCode" });

export const GrantablePermission = z
  .object({
    id: Id.describe("How the audit log refers to the permission"),
    code: PermissionCode,
    module: z.string().meta({ example: "events" }),
    description: z.string().meta({ example: "Record who attended" }),
  })
  .meta({ id: "GrantablePermission" });
export type GrantablePermission = z.infer<typeof GrantablePermission>;

export const GrantablePermissionPage = pageWithTotalOf(GrantablePermission).meta({ id: "GrantablePermissionPage" });
export type GrantablePermissionPage = z.infer<typeof GrantablePermissionPage>;

export const grantablePermissionColumns = {
  id: permissions.id,
  code: sql<Permission>`${permissions.code}`,
  module: permissions.module,
  description: permissions.description,
};

export const Role = z
  .object({
    id: Id,
    code: z.string().meta({ example: "greeter" }),
    name: z.string().meta({ example: "Greeter" }),
    description: z.string().meta({ example: "Welcomes people at events" }),
    system: z
      .boolean()
      .describe("Whether the role comes with the platform. You can assign such a role, but not edit it."),
    second_factor_required: z.boolean().describe("Whether its holders must have a second factor"),
    permissions: z.array(PermissionCode),
    holders: z.int().describe("How many people hold the role"),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: "Role" });
export type Role = z.infer<typeof Role>;

export const roleColumns = {
  id: roles.id,
  code: roles.code,
  name: roles.name,
  description: roles.description,
  system: roles.system,
  second_factor_required: roles.second_factor_required,
  permissions: sql<Permission[]>`to_json(array${selectGrantedCodes(roles.id)})`,
  holders: query.$count(user_role_assignments, eq(user_role_assignments.role_id, roles.id)),
  created_at: roles.created_at,
  updated_at: roles.updated_at,
};

export const RolePage = pageWithTotalOf(Role).meta({ id: "RolePage" });
export type RolePage = z.infer<typeof RolePage>;

/** All roles of a person, always on one page. */
export const HeldRoles = pageOf(Role).meta({ id: "HeldRoles" });
export type HeldRoles = z.infer<typeof HeldRoles>;

export const RoleFilters = Paging.extend({ search: Search.describe("Part of a code, name or description") });
export type RoleFilters = z.infer<typeof RoleFilters>;

const Name = Line(100).meta({ example: "Greeter" });
const Description = z.string().trim().max(500).regex(LINE, NOT_A_LINE).meta({ example: "Welcomes people at events" });
const Permissions = z
  .array(PermissionCode)
  .max(PermissionCode.options.length)
  .meta({ example: ["events.view", "events.attendance"] });

export const NewRole = z
  .strictObject({
    code: z
      .string()
      .max(50)
      .regex(/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/, "must be lower-case letters and digits, separated by - or _")
      // `guest` is the displayed role of people who hold none.
      .refine((code) => code !== "guest", "must not be guest")
      .meta({ example: "greeter" }),
    name: Name,
    description: Description,
    permissions: Permissions,
    second_factor_required: z.boolean().default(false),
  })
  .meta({ id: "NewRole" });
export type NewRole = z.infer<typeof NewRole>;

export const RoleDetails = z
  .strictObject({ name: Name, description: Description, second_factor_required: z.boolean() })
  .meta({ id: "RoleDetails" });
export type RoleDetails = z.infer<typeof RoleDetails>;

export const RolePermissions = z.strictObject({ permissions: Permissions }).meta({ id: "RolePermissions" });
export type RolePermissions = z.infer<typeof RolePermissions>;

export const RoleAssignment = z.strictObject({ role_ids: z.array(Id).max(100) }).meta({ id: "RoleAssignment" });
export type RoleAssignment = z.infer<typeof RoleAssignment>;
