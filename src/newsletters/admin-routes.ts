import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById, Message } from "../http/schemas.ts";
import { MOST_DOCUMENT_BYTES } from "../storage/store-document.ts";
import { createNewsletter } from "./create.ts";
import { deleteNewsletter } from "./delete.ts";
import { editNewsletter } from "./edit.ts";
import { uploadNewsletter } from "./file.ts";
import { getManagedNewsletter, listManagedNewsletters } from "./find.ts";
import { listLeftOut } from "./left-out.ts";
import { previewNewsletter } from "./preview.ts";
import { countNewsletterRecipients } from "./recipients.ts";
import {
  LeftOutFilters,
  LeftOutPage,
  ManagedNewsletter,
  ManagedNewsletterPage,
  NewNewsletter,
  NewsletterChange,
  NewsletterFilters,
  NewsletterPreview,
  NewsletterRecipients,
  SendNewsletter,
  StoppedNewsletter,
} from "./schemas.ts";
import { sendNewsletter } from "./send.ts";
import { sendTest } from "./send-test.ts";
import { stopNewsletter } from "./stop.ts";

const tag = "Newsletters (admin)";

export const newsletterAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/newsletters",
    tag,
    operationId: "listAllNewsletters",
    summary: "List all newsletters",
    description: "Newest first, including drafts.",
    access: permitted("newsletters.view"),
    request: { query: NewsletterFilters },
    response: { 200: ManagedNewsletterPage },
    handle: (ctx, { query }) => listManagedNewsletters(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/newsletters/{id}",
    tag,
    operationId: "getManagedNewsletter",
    summary: "Get a newsletter, also a draft",
    description: "With what became of its emails.",
    access: permitted("newsletters.view"),
    request: { params: ById },
    response: { 200: ManagedNewsletter },
    errors: [404],
    handle: (ctx, { params }) => getManagedNewsletter(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/newsletters",
    tag,
    operationId: "createNewsletter",
    summary: "Create a newsletter",
    description:
      "A draft: nobody gets it before somebody sends it. One that is a link or an upload is for the archive alone, and is there from `published_at` on.",
    access: permitted("newsletters.create"),
    request: { body: NewNewsletter },
    response: { 201: ManagedNewsletter },
    handle: (ctx, { body }) => createNewsletter(ctx, body),
  }),
  route({
    method: "put",
    path: "/api/admin/newsletters/{id}",
    tag,
    operationId: "editNewsletter",
    summary: "Edit a newsletter",
    description:
      "What is left out stays. Once it was sent, only `published_at` can change: null takes it out of the archive, and closes the link in its email.",
    access: permitted("newsletters.edit"),
    request: { params: ById, body: NewsletterChange },
    response: { 200: ManagedNewsletter },
    errors: [404, 409],
    handle: (ctx, { params, body }) => editNewsletter(ctx, params.id, body),
  }),
  route({
    method: "put",
    path: "/api/admin/newsletters/{id}/file",
    tag,
    operationId: "uploadNewsletter",
    summary: "Upload the PDF of a newsletter",
    description: "At most 50 MB, as the whole body or in a form. It replaces the file or the link before.",
    access: permitted("newsletters.edit"),
    round_trips: 2, // room is reserved before the file is stored
    request: { params: ById, upload: { most_bytes: MOST_DOCUMENT_BYTES, type: "application/pdf" } },
    response: { 200: ManagedNewsletter },
    errors: [404, 409],
    handle: (ctx, { params, upload }) => uploadNewsletter(ctx, params.id, upload()),
  }),
  route({
    method: "delete",
    path: "/api/admin/newsletters/{id}",
    tag,
    operationId: "deleteNewsletter",
    summary: "Delete a newsletter",
    description:
      "Also one that was sent: then it is gone from the archive, the link in its email leads nowhere, and its statistics are gone. While it is going out, stop it first. An email that the provider may have already is not tried again.",
    access: permitted("newsletters.delete"),
    request: { params: ById },
    response: { 200: Message },
    errors: [404, 409],
    handle: (ctx, { params }) => deleteNewsletter(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/admin/newsletters/{id}/preview",
    tag,
    operationId: "previewNewsletter",
    summary: "See how a newsletter will look",
    description: "The HTML and the text of its email as of now, without the links that each reader gets.",
    access: permitted("newsletters.view"),
    request: { params: ById },
    response: { 200: NewsletterPreview },
    errors: [404],
    handle: (ctx, { params }) => previewNewsletter(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/admin/newsletters/{id}/recipients",
    tag,
    operationId: "countNewsletterRecipients",
    summary: "Count who would get a newsletter",
    description: "And how many would not, and why. Holders of `users.view` find these people in `left-out`.",
    access: permitted("newsletters.view"),
    request: { params: ById },
    response: { 200: NewsletterRecipients },
    errors: [404],
    handle: (ctx, { params }) => countNewsletterRecipients(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/admin/newsletters/{id}/left-out",
    tag,
    operationId: "listLeftOut",
    summary: "List who would not get a newsletter",
    description:
      "By name, and why each of them would not. For those who may see people: for everybody else, the numbers must do. Their pages have the address and what is wrong with it.",
    access: permitted("users.view"),
    request: { params: ById, query: LeftOutFilters },
    response: { 200: LeftOutPage },
    errors: [404],
    handle: (ctx, { params, query }) => listLeftOut(ctx, params.id, query),
  }),
  route({
    method: "post",
    path: "/api/admin/newsletters/{id}/test",
    tag,
    operationId: "testNewsletter",
    summary: "Send a newsletter to myself",
    access: permitted("newsletters.edit"),
    request: { params: ById },
    response: { 200: Message },
    errors: [404, 409],
    handle: (ctx, { params }) => sendTest(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/newsletters/{id}/send",
    tag,
    operationId: "sendNewsletter",
    summary: "Send a newsletter",
    description:
      "To everybody who would get it at this moment. The first email leaves at `send_at`, and until then it can be stopped for everybody: in five minutes or, between 9 PM and 8 AM in the organization's time zone, at 8 AM. Where it is night for a recipient, theirs waits for 8 AM too. `count` must be the number of people who get it: 409 with `count_changed` if it is another one by now. Sent again, it goes only to those whom it never reached.",
    access: permitted("newsletters.send"),
    request: { params: ById, body: SendNewsletter },
    response: { 200: ManagedNewsletter },
    errors: [404, 409],
    handle: (ctx, { params, body }) => sendNewsletter(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/newsletters/{id}/stop",
    tag,
    operationId: "stopNewsletter",
    summary: "Stop a newsletter",
    description:
      "Nobody gets it beyond those whose email the email provider has or may have, and the answer says how many these are. If there are any, the newsletter leaves the archive, and the link in its email leads nowhere, until it is sent again or `published_at` is set.",
    access: permitted("newsletters.send"),
    request: { params: ById },
    response: { 200: StoppedNewsletter },
    errors: [404, 409],
    handle: (ctx, { params }) => stopNewsletter(ctx, params.id),
  }),
];
