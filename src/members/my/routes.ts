import { signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { MOST_IMAGE_BYTES } from "../../storage/store-image.ts";
import { deletePhoto, uploadPhoto } from "./photo.ts";
import { editPrivacy, editProfile, getPrivacy, getProfile } from "./profile.ts";
import { MyProfile, Privacy, PrivacyChange, ProfileChange } from "./schemas.ts";

const tag = "Members";

export const myProfileRoutes = [
  route({
    method: "get",
    path: "/api/members/profile",
    tag,
    operationId: "getMyProfile",
    summary: "Get my profile",
    access: signedIn(),
    response: { 200: MyProfile },
    handle: (ctx) => getProfile(ctx),
  }),
  route({
    method: "put",
    path: "/api/members/profile",
    tag,
    operationId: "editMyProfile",
    summary: "Change my profile",
    description: "Fields that are left out stay as they are. Null or an empty text clears an optional field.",
    access: signedIn(),
    repeatable: true,
    request: { body: ProfileChange },
    response: { 200: MyProfile },
    handle: (ctx, { body }) => editProfile(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/members/profile/upload-photo",
    tag,
    operationId: "uploadMyPhoto",
    summary: "Upload a photo of me",
    description:
      "A JPEG, PNG, WebP or HEIC image of at most 50 MB, 100 megapixels and 12,000 pixels a side, in the field `file` of a form or as the whole body. Replaces my previous photo. We keep it as WebP with at most 2048 pixels on the long side, and a thumbnail. Both are turned upright and lose the data that cameras add, such as the place. `photo_audience` says who sees it. The address must be confirmed. People who were rejected cannot upload one. At most 20 uploads in 24 hours.",
    access: signedIn("pending_validation", "pre_validated", "payment_pending", "active", "inactive"),
    round_trips: 2, // R2 and Images are called between reserving room and keeping the file
    request: { upload: { most_bytes: MOST_IMAGE_BYTES, type: "image/*" } },
    response: { 200: MyProfile },
    errors: [409, 429],
    handle: (ctx, { upload }) => uploadPhoto(ctx, upload()),
  }),
  route({
    method: "delete",
    path: "/api/members/profile/delete-photo",
    tag,
    operationId: "deleteMyPhoto",
    summary: "Delete my photo",
    description: "Links to it stop working right away. Changes nothing if I have no photo.",
    access: signedIn(),
    repeatable: true,
    response: { 200: MyProfile },
    handle: (ctx) => deletePhoto(ctx),
  }),
  route({
    method: "get",
    path: "/api/members/privacy",
    tag,
    operationId: "getMyPrivacy",
    summary: "See who sees what of me",
    access: signedIn(),
    response: { 200: Privacy },
    handle: (ctx) => getPrivacy(ctx),
  }),
  route({
    method: "put",
    path: "/api/members/privacy",
    tag,
    operationId: "editMyPrivacy",
    summary: "Change who sees what of me",
    description:
      "Counts from the next request of anybody on. Links to the photo that were given out before work for up to two hours; to end them at once, delete or replace the photo. Fields that are left out stay as they are.",
    access: signedIn(),
    repeatable: true,
    request: { body: PrivacyChange },
    response: { 200: Privacy },
    handle: (ctx, { body }) => editPrivacy(ctx, body),
  }),
];
