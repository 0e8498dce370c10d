import { permitted } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { MOST_IMAGE_BYTES } from "../../storage/store-image.ts";
import { SeriesScope } from "../series/following.ts";
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
      "Everybody sees it. The file is as for a photo of me, and not one that somebody took down (409). It replaces the cover before. With `series=following`, also that of the events that follow.",
    access: permitted("events.edit"),
    round_trips: 2, // R2 and Images are called between reserving room and keeping the file
    request: { params: ById, query: SeriesScope, upload: { most_bytes: MOST_IMAGE_BYTES, type: "image/*" } },
    response: { 200: ManagedEvent },
    errors: [404, 409],
    handle: (ctx, { params, query, upload }) => uploadCover(ctx, params.id, upload(), query),
  }),
  route({
    method: "put",
    path: "/api/admin/events/{id}/cover",
    tag,
    operationId: "chooseCover",
    summary: "Choose an event's cover from its photos",
    description:
      "Makes a public copy. It goes when the photo is taken down or deleted, or its `consent` is taken back. With `series=following`, the events that follow show it, too.",
    access: permitted("events.edit"),
    round_trips: 2, // as above
    request: { params: ById, query: SeriesScope, body: CoverChoice },
    response: { 200: ManagedEvent },
    errors: [404, 409, 413],
    handle: (ctx, { params, query, body }) => chooseCover(ctx, params.id, body, query),
  }),
  route({
    method: "delete",
    path: "/api/admin/events/{id}/cover",
    tag,
    operationId: "deleteCover",
    summary: "Remove an event's cover",
    description: "Without one, nothing changes. With `series=following`, the events that follow lose theirs, too.",
    access: permitted("events.edit"),
    repeatable: true,
    request: { params: ById, query: SeriesScope },
    response: { 200: ManagedEvent },
    errors: [404],
    handle: (ctx, { params, query }) => deleteCover(ctx, params.id, query),
  }),
];
