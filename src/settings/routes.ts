import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { editOrganisationSettings, getOrganisationSettings } from "./edit.ts";
import { OrganisationSettings, SettingsChange } from "./schemas.ts";

const tag = "Settings (admin)";

export const settingsRoutes = [
  route({
    method: "get",
    path: "/api/admin/settings",
    tag,
    operationId: "getSettings",
    summary: "Read the organization's settings",
    access: permitted("settings.view"),
    response: { 200: OrganisationSettings },
    handle: (ctx) => getOrganisationSettings(ctx),
  }),
  route({
    method: "put",
    path: "/api/admin/settings",
    tag,
    operationId: "editSettings",
    summary: "Change the organization's settings",
    description: "Settings that are left out stay as they are. The audit log records each value before and after.",
    access: permitted("settings.edit"),
    repeatable: true,
    request: { body: SettingsChange },
    response: { 200: OrganisationSettings },
    handle: (ctx, { body }) => editOrganisationSettings(ctx, body),
  }),
];
