import { fresh, permitted } from "../access/access.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { ById, Message } from "../http/schemas.ts";
import { assignRoles } from "./assign.ts";
import { changePermissions } from "./change-permissions.ts";
import { createRole } from "./create.ts";
import { deleteRole } from "./delete.ts";
import { editRole } from "./edit.ts";
import { findRole } from "./find.ts";
import { listHeld } from "./held.ts";
import { listRoles } from "./list.ts";
import { listPermissions } from "./list-permissions.ts";
import {
  HeldRoles,
  NewRole,
  PermissionPage,
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
    summary: "List what a role may hold",
    description: "By code. There are 59: the routes name which of them they need. The audit log names them by id.",
    access: permitted("permissions.view"),
    request: { query: Paging },
    response: { 200: PermissionPage },
    handle: (ctx, { query }) => listPermissions(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/roles",
    tag,
    summary: "List roles",
    description: "By code, with what each holds and how many people hold it.",
    access: permitted("permissions.view"),
    request: { query: RoleFilters },
    response: { 200: RolePage },
    handle: (ctx, { query }) => listRoles(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/roles/{id}",
    tag,
    summary: "See a role",
    access: permitted("permissions.view"),
    request: { params: ById },
    response: { 200: Role },
    errors: [404],
    handle: (ctx, { params }) => findRole(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/roles",
    tag,
    summary: "Make a role",
    description: "It may hold what its maker may do, and nothing beyond.",
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
    summary: "Change a role's name, description, and whether it wants a second factor",
    description:
      "Whoever does it must hold all that the role holds. Its code never changes. A role that came with the platform can be made to want a second factor, unless it is `member`; nothing else of it changes.",
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
    summary: "Change what a role holds",
    description:
      "Replaces the set. Whoever does it must hold every permission that is added or taken away. Roles that came with the platform do not change.",
    access: fresh(permitted("permissions.manage_roles")),
    request: { params: ById, body: RolePermissions },
    response: { 200: Role },
    errors: [404, 409],
    handle: (ctx, { params, body }) => changePermissions(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/roles/{id}",
    tag,
    summary: "Delete a role that nobody holds",
    description: "Whoever does it must hold all that the role holds.",
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
    summary: "See a person's roles",
    access: permitted("permissions.view"),
    request: { params: ById },
    response: { 200: HeldRoles },
    errors: [404],
    handle: (ctx, { params }) => listHeld(ctx, params.id),
  }),
  route({
    method: "put",
    path: "/api/admin/users/{id}/roles",
    tag,
    summary: "Give and take a person's roles",
    description:
      "Replaces the set. Whoever does it must hold all that the roles given and taken hold; only superadmins make and unmake superadmins, and one remains. Roles are given only to people whose address is verified. `member` comes and goes with the status: it may be in the list or not.",
    access: fresh(permitted("permissions.assign")),
    request: { params: ById, body: RoleAssignment },
    response: { 200: HeldRoles },
    errors: [404, 409],
    handle: (ctx, { params, body }) => assignRoles(ctx, params.id, body),
  }),
];
