import { ALL_PERMISSIONS, type Permission } from "./permissions.ts";

interface SystemRole {
  code: "superadmin" | "admin" | "finance" | "member";
  name: string;
  description: string;
  /** Whoever holds it must have a second factor, where the settings enforce it. */
  second_factor_required: boolean;
  permissions: Permission[];
}

const inModules = (...modules: string[]) =>
  ALL_PERMISSIONS.filter((permission) => modules.includes(permission.split(".")[0] ?? ""));

const RESERVED_FOR_SUPERADMIN: Permission[] = [
  "permissions.manage_roles",
  "permissions.delete_roles",
  "permissions.assign",
];

/** The roles that come with the platform. They can be given and taken, not deleted or weakened. */
export const SYSTEM_ROLES: SystemRole[] = [
  {
    code: "superadmin",
    name: "Superadmin",
    description: "May do everything, and decides who may do what",
    second_factor_required: true,
    permissions: ALL_PERMISSIONS,
  },
  {
    code: "admin",
    name: "Admin",
    description: "Runs the organisation day to day",
    second_factor_required: false,
    permissions: ALL_PERMISSIONS.filter((permission) => !RESERVED_FOR_SUPERADMIN.includes(permission)),
  },
  {
    code: "finance",
    name: "Finance",
    description: "Looks after dues, donations and financial reports",
    second_factor_required: true,
    permissions: ["users.view", ...inModules("subscriptions", "donations", "financials")],
  },
  {
    code: "member",
    name: "Member",
    description: "Held by every active member, kept by the database; grants nothing by itself",
    second_factor_required: false,
    permissions: [],
  },
];
