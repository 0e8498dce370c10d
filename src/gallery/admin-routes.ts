import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById, Message } from "../http/schemas.ts";
import { MOST_IMAGE_BYTES } from "../storage/store-image.ts";
import { uploadToGallery } from "./add.ts";
import { MOST_FILES, uploadManyToGallery } from "./add-many.ts";
import { deletePhotoOfEvent } from "./delete.ts";
import { editPhoto, orderGallery, turnPhoto } from "./edit.ts";
import { listManagedPhotos } from "./find.ts";
import {
  ManagedPhoto,
  ManagedPhotoPage,
  PhotoChange,
  PhotoFields,
  PhotoFilters,
  PhotoOrder,
  PhotoTurn,
  UploadedPhotos,
} from "./schemas.ts";

const tag = "Gallery (admin)";

export const galleryAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/gallery",
    tag,
    operationId: "listManagedPhotos",
    summary: "List all photos",
    description: "The newest upload first, with those that members offer. Photos that are taken down have no links.",
    access: permitted("gallery.view"),
    request: { query: PhotoFilters },
    response: { 200: ManagedPhotoPage },
    handle: (ctx, { query }) => listManagedPhotos(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/events/{id}/gallery",
    tag,
    operationId: "uploadToGallery",
    summary: "Upload a photo of an event",
    description:
      "The file is as for a photo of me. In a form, `caption`, `visibility` and `consent` may come before it. We keep when it was taken, and nothing else that cameras add. The same file again yields the first photo, and accepts it if a member offered it. 409 if somebody took it down.",
    access: permitted("gallery.upload"),
    round_trips: 2, // R2 and Images are called between reserving room and keeping the file
    request: { params: ById, upload: { most_bytes: MOST_IMAGE_BYTES, type: "image/*", fields: PhotoFields } },
    response: { 200: ManagedPhoto },
    errors: [404, 409],
    handle: (ctx, { params, upload: coming }) => {
      const upload = coming();
      return uploadToGallery(ctx, params.id, upload, () => upload.fields());
    },
  }),
  route({
    method: "post",
    path: "/api/admin/events/{id}/gallery/batch",
    tag,
    operationId: "uploadManyToGallery",
    summary: "Upload many photos of an event",
    description: `A form with up to ${MOST_FILES} files, each in a field \`file\`, and at most 100 MB in all. \`caption\`, \`visibility\` and \`consent\` may come before them, for all of them; a photo that is there already keeps its own. They are stored one after the other, and the answer has a result for each: one that fails does not undo the others. It is safe to send all of them again: the same file again yields the first photo, and what somebody took down is refused.`,
    access: permitted("gallery.upload"),
    round_trips: 2, // for each photo
    request: {
      params: ById,
      upload: {
        most_bytes: MOST_IMAGE_BYTES,
        type: "image/*",
        fields: PhotoFields,
        many: { files: MOST_FILES, bytes: 100 * 1024 * 1024 }, // Cloudflare takes no larger request
      },
    },
    response: { 200: UploadedPhotos },
    errors: [404, 409],
    handle: (ctx, { params, upload }) => uploadManyToGallery(ctx, params.id, upload()),
  }),
  route({
    method: "put",
    path: "/api/admin/gallery/{id}",
    tag,
    operationId: "editPhoto",
    summary: "Edit a photo, or accept one that a member offers",
    description:
      "Fields that are left out stay as they are. Taking `consent` back removes a cover that was made of the photo.",
    access: permitted("gallery.edit"),
    repeatable: true,
    request: { params: ById, body: PhotoChange },
    response: { 200: ManagedPhoto },
    errors: [404],
    handle: (ctx, { params, body }) => editPhoto(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/gallery/{id}/rotate",
    tag,
    operationId: "rotatePhoto",
    summary: "Turn a photo",
    description: "Links to it change, and the old ones stop working.",
    access: permitted("gallery.edit"),
    round_trips: 2, // as for an upload
    request: { params: ById, body: PhotoTurn },
    response: { 200: ManagedPhoto },
    errors: [404, 409, 413],
    handle: (ctx, { params, body }) => turnPhoto(ctx, params.id, body),
  }),
  route({
    method: "put",
    path: "/api/admin/events/{id}/gallery/order",
    tag,
    operationId: "orderGallery",
    summary: "Put an event's photos in order",
    description: "Photos that are not named come after the others, by the time they were taken.",
    access: permitted("gallery.edit"),
    repeatable: true,
    request: { params: ById, body: PhotoOrder },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params, body }) => orderGallery(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/gallery/{id}",
    tag,
    operationId: "deletePhotoOfEvent",
    summary: "Delete a photo",
    description:
      "The image goes with it, and so does an event's cover that was made of it. Links to it stop working. This also turns down an offer.",
    access: permitted("gallery.delete"),
    request: { params: ById },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params }) => deletePhotoOfEvent(ctx, params.id),
  }),
];
