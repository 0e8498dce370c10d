import { openOrSignedIn, signedIn } from "../access/access.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { ById, Message } from "../http/schemas.ts";
import { MOST_IMAGE_BYTES } from "../storage/store-image.ts";
import { offerPhoto } from "./add.ts";
import { listEventGallery, listGallery } from "./find.ts";
import { listMyTakedowns, TakedownPage } from "./my-takedowns.ts";
import { GalleryPage, GalleryPhoto, OfferFields } from "./schemas.ts";
import { takeBackTakedown, takeDown } from "./takedown.ts";

const tag = "Gallery";

export const galleryRoutes = [
  route({
    method: "get",
    path: "/api/gallery",
    tag,
    operationId: "listGallery",
    summary: "List the photos of all events",
    description: "For active members. The latest first.",
    access: signedIn("active"),
    request: { query: Paging },
    response: { 200: GalleryPage },
    handle: (ctx, { query }) => listGallery(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/events/{id}/gallery",
    tag,
    operationId: "listEventGallery",
    summary: "List the photos of an event",
    description:
      "Active members see all of them, everybody else those that are public. In the order that volunteers chose, then by the time they were taken.",
    access: openOrSignedIn,
    request: { params: ById, query: Paging },
    response: { 200: GalleryPage },
    errors: [404],
    handle: (ctx, { params, query }) => listEventGallery(ctx, params.id, query),
  }),
  route({
    method: "post",
    path: "/api/events/{id}/gallery",
    tag,
    operationId: "offerPhoto",
    summary: "Offer a photo of an event",
    description:
      "For active members who said yes to the event, or came. It waits until a volunteer accepts it. The file is as for a photo of me. In a form, `caption` may come before it. The same file again yields the first photo. 409 if somebody took it down.",
    access: signedIn("active"),
    round_trips: 2, // R2 and Images are called between reserving room and keeping the file
    request: { params: ById, upload: { most_bytes: MOST_IMAGE_BYTES, type: "image/*", fields: OfferFields } },
    response: { 200: GalleryPhoto },
    errors: [404, 409],
    handle: (ctx, { params, upload }) => offerPhoto(ctx, params.id, upload()),
  }),
  route({
    method: "get",
    path: "/api/gallery/takedowns",
    tag,
    operationId: "listMyTakedowns",
    summary: "List the photos that I took down",
    description:
      "The latest first. Once I take a takedown back, the photo is no longer listed. Deleted photos are listed, because their files are still refused.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: TakedownPage },
    handle: (ctx, { query }) => listMyTakedowns(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/gallery/{id}/takedown",
    tag,
    operationId: "takeDownPhoto",
    summary: "Take down a photo",
    description:
      "For everybody with an account, because whoever is in a picture need not be a member. It needs no reason. From the answer on, nobody sees the photo, and links to it stop working. That also goes for the same file at other events, and for covers made of it. Nobody can upload it again, even once it is deleted. Volunteers are told, but not who asked. If somebody else took the photo down first, it stays hidden even if I take that back. Repeating it changes nothing.",
    access: signedIn(),
    repeatable: true,
    request: { params: ById },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params }) => takeDown(ctx, params.id),
  }),
  route({
    method: "delete",
    path: "/api/gallery/{id}/takedown",
    tag,
    operationId: "takeBackTakedown",
    summary: "Show a photo again that I took down",
    description:
      "Only people who took it down can do this. Being a volunteer is not enough. If several did, it stays hidden until all of them take that back. If the photo has since been deleted, it may be uploaded again.",
    access: signedIn(),
    request: { params: ById },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params }) => takeBackTakedown(ctx, params.id),
  }),
];
