import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { MOST_LOGO_BYTES } from "../storage/store-logo.ts";
import { editOrganisationSettings, getOrganisationSettings } from "./edit.ts";
import { deleteLogo, uploadLogo } from "./logo.ts";
import { LogoQuery, OrganisationSettings, SettingsChange, SettingsUndo } from "./schemas.ts";
import { undoSettings } from "./undo.ts";

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
    errors: [409],
    handle: (ctx, { body }) => editOrganisationSettings(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/admin/settings/undo",
    tag,
    operationId: "undoSettings",
    summary: "Undo a change of the settings",
    description:
      "Gives the settings that a change in the audit log names the values from before that change, whatever they are now. That is a change too, so it can be undone as well.",
    access: permitted("settings.edit"),
    repeatable: true,
    round_trips: 2, // the second must pass every check of a change
    request: { body: SettingsUndo },
    response: { 200: OrganisationSettings },
    errors: [404, 409],
    handle: (ctx, { body }) => undoSettings(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/admin/settings/logo",
    tag,
    operationId: "uploadLogo",
    summary: "Upload the organization's logo",
    description:
      "A JPEG, PNG, WebP or HEIC image of at most 5 MB, best with a transparent ground, in the field `file` of a form or as the whole body. We keep it with at most 600 × 160 pixels. Emails, pages and statements show it from the next one on.",
    access: permitted("settings.edit"),
    round_trips: 2, // R2 and Images are called between reserving room and keeping the file
    request: { query: LogoQuery, upload: { most_bytes: MOST_LOGO_BYTES, type: "image/*" } },
    response: { 200: OrganisationSettings },
    errors: [409],
    handle: (ctx, { query, upload }) => uploadLogo(ctx, query, upload()),
  }),
  route({
    method: "delete",
    path: "/api/admin/settings/logo",
    tag,
    operationId: "deleteLogo",
    summary: "Remove the organization's logo",
    description: "Without one, nothing changes. The name takes its place.",
    access: permitted("settings.edit"),
    repeatable: true,
    request: { query: LogoQuery },
    response: { 200: OrganisationSettings },
    handle: (ctx, { query }) => deleteLogo(ctx, query),
  }),
];
