import { signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
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
    description: "Counts from the next request of anybody on. Fields that are left out stay as they are.",
    access: signedIn(),
    repeatable: true,
    request: { body: PrivacyChange },
    response: { 200: Privacy },
    handle: (ctx, { body }) => editPrivacy(ctx, body),
  }),
];
