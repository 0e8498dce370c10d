import { ALL_PERMISSIONS, type Permission } from "./permissions.ts";

interface SystemRole {
  code: "superadmin" | "admin" | "finance" | "member";
  name: string;
  description: string;
  /** Its holders must have a second factor, where the settings enforce it. */
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

/** The roles that come with the platform. People can assign them, but cannot delete or weaken them. */
export const SYSTEM_ROLES: SystemRole[] = [
  {
    code: "superadmin",
    name: "Superadmin",
    description: "Has every permission and decides who gets which",
    second_factor_required: true,
    permissions: ALL_PERMISSIONS,
  },
  {
    code: "admin",
    name: "Admin",
    description: "Runs the organization day to day",
    second_factor_required: false,
    permissions: ALL_PERMISSIONS.filter((permission) => !RESERVED_FOR_SUPERADMIN.includes(permission)),
  },
  {
    code: "finance",
    name: "Finance",
    description: "Manages dues, donations and financial reports",
    second_factor_required: true,
    permissions: ["users.view", ...inModules("subscriptions", "donations", "financials")],
  },
  {
    code: "member",
    name: "Member",
    description: "Every active member has this role automatically; it includes no permissions",
    second_factor_required: false,
    permissions: [],
  },
];
