import { permitted } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { MOST_IMAGE_BYTES } from "../../storage/store-image.ts";
import { CoverChoice, chooseCover, deleteCover, uploadCover } from "./cover.ts";
import { ManagedEvent } from "./schemas.ts";

const tag = "Events (admin)";

export const coverRoutes = [
  route({
    method: "post",
    path: "/api/admin/events/{id}/cover",
    tag,
    operationId: "uploadCover",
    summary: "Upload an event's cover",
    description:
      "Everybody sees it. The file is as for a photo of me, and not one that somebody took down (409). It replaces the cover before.",
    access: permitted("events.edit"),
    round_trips: 2, // R2 and Images are called between reserving room and keeping the file
    request: { params: ById, upload: { most_bytes: MOST_IMAGE_BYTES, type: "image/*" } },
    response: { 200: ManagedEvent },
    errors: [404, 409],
    handle: (ctx, { params, upload }) => uploadCover(ctx, params.id, upload()),
  }),
  route({
    method: "put",
    path: "/api/admin/events/{id}/cover",
    tag,
    operationId: "chooseCover",
    summary: "Choose an event's cover from its photos",
    description:
      "Makes a public copy. It goes when the photo is taken down or deleted, or its `consent` is taken back.",
    access: permitted("events.edit"),
    repeatable: true,
    round_trips: 2, // as above
    request: { params: ById, body: CoverChoice },
    response: { 200: ManagedEvent },
    errors: [404, 409, 413],
    handle: (ctx, { params, body }) => chooseCover(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/events/{id}/cover",
    tag,
    operationId: "deleteCover",
    summary: "Remove an event's cover",
    description: "Without one, nothing changes.",
    access: permitted("events.edit"),
    repeatable: true,
    request: { params: ById },
    response: { 200: ManagedEvent },
    errors: [404],
    handle: (ctx, { params }) => deleteCover(ctx, params.id),
  }),
];
