import { fresh, permitted } from "../access/access.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { ById, Message } from "../http/schemas.ts";
import { assignRoles } from "./assign.ts";
import { createRole } from "./create.ts";
import { deleteRole } from "./delete.ts";
import { editRole, editRolePermissions } from "./edit.ts";
import { getRole } from "./find.ts";
import { listHeldRoles } from "./held.ts";
import { listPermissions, listRoles } from "./list.ts";
import {
  GrantablePermissionPage,
  HeldRoles,
  NewRole,
  Role,
  RoleAssignment,
  RoleDetails,
  RoleFilters,
  RolePage,
  RolePermissions,
} from "./schemas.ts";

const tag = "Roles (admin)";

export const roleRoutes = [
  route({
    method: "get",
    path: "/api/admin/permissions",
    tag,
    operationId: "listPermissions",
    summary: "List the permissions that a role can have",
    description: "By code. The audit log refers to permissions by id.",
    access: permitted("permissions.view"),
    request: { query: Paging },
    response: { 200: GrantablePermissionPage },
    handle: (ctx, { query }) => listPermissions(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/roles",
    tag,
    operationId: "listRoles",
    summary: "List roles",
    description: "By code, with each role's permissions and number of holders.",
    access: permitted("permissions.view"),
    request: { query: RoleFilters },
    response: { 200: RolePage },
    handle: (ctx, { query }) => listRoles(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/roles/{id}",
    tag,
    operationId: "getRole",
    summary: "Get a role",
    access: permitted("permissions.view"),
    request: { params: ById },
    response: { 200: Role },
    errors: [404],
    handle: (ctx, { params }) => getRole(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/roles",
    tag,
    operationId: "createRole",
    summary: "Create a role",
    description: "You can only give it permissions that you hold yourself.",
    access: fresh(permitted("permissions.manage_roles")),
    request: { body: NewRole },
    response: { 201: Role },
    errors: [409],
    handle: (ctx, { body }) => createRole(ctx, body),
  }),
  route({
    method: "put",
    path: "/api/admin/roles/{id}",
    tag,
    operationId: "editRole",
    summary: "Edit a role's name, description and second-factor rule",
    description:
      "You must hold all of the role's permissions. A role that comes with the platform can only be made to require a second factor, and `member` cannot change at all.",
    access: fresh(permitted("permissions.manage_roles")),
    request: { params: ById, body: RoleDetails },
    response: { 200: Role },
    errors: [404, 409],
    handle: (ctx, { params, body }) => editRole(ctx, params.id, body),
  }),
  route({
    method: "put",
    path: "/api/admin/roles/{id}/permissions",
    tag,
    operationId: "editRolePermissions",
    summary: "Replace a role's permissions",
    description:
      "You must hold every permission that you add or remove. The permissions of a role that comes with the platform cannot change.",
    access: fresh(permitted("permissions.manage_roles")),
    request: { params: ById, body: RolePermissions },
    response: { 200: Role },
    errors: [404, 409],
    handle: (ctx, { params, body }) => editRolePermissions(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/roles/{id}",
    tag,
    operationId: "deleteRole",
    summary: "Delete a role",
    description: "Nobody may hold the role, and you must hold all of its permissions.",
    access: fresh(permitted("permissions.delete_roles")),
    request: { params: ById },
    response: { 200: Message },
    errors: [404, 409],
    handle: (ctx, { params }) => deleteRole(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/admin/users/{id}/roles",
    tag,
    operationId: "listUserRoles",
    summary: "List a person's roles",
    access: permitted("permissions.view"),
    request: { params: ById },
    response: { 200: HeldRoles },
    errors: [404],
    handle: (ctx, { params }) => listHeldRoles(ctx, params.id),
  }),
  route({
    method: "put",
    path: "/api/admin/users/{id}/roles",
    tag,
    operationId: "assignRoles",
    summary: "Replace a person's roles",
    description:
      "You must hold all permissions of the roles that you give or take. Only superadmins can add or remove superadmins, and one must remain. The person's email address must be verified. `member` follows the person's status, so listing it makes no difference.",
    access: fresh(permitted("permissions.assign")),
    request: { params: ById, body: RoleAssignment },
    response: { 200: HeldRoles },
    errors: [404, 409],
    handle: (ctx, { params, body }) => assignRoles(ctx, params.id, body),
  }),
];
