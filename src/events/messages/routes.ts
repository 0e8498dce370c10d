import { permitted } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { NewMessage, Recipients, RecipientsQuery, SentMessage } from "./schemas.ts";
import { countRecipients, sendMessage } from "./send.ts";

const tag = "Events (admin)";

export const messageRoutes = [
  route({
    method: "get",
    path: "/api/admin/events/{id}/messages/recipients",
    tag,
    operationId: "countRecipients",
    summary: "Count who would get a message",
    description: "And say who would not, because they have no address that they confirmed.",
    access: permitted("events.rsvps"),
    request: { params: ById, query: RecipientsQuery },
    response: { 200: Recipients },
    errors: [404],
    handle: (ctx, { params, query }) => countRecipients(ctx, params.id, query),
  }),
  route({
    method: "post",
    path: "/api/admin/events/{id}/messages",
    tag,
    operationId: "sendMessage",
    summary: "Mail those who answered or came",
    description:
      "One email to each: between 9 PM and 8 AM by their clock it waits for 8 AM, unless the event begins less than three hours after that, or is going on. Replies go to the event's contact. `count` must be the number of people who get it: 409 with `count_changed` if it is another one by now. The audit log records who sent it to which groups. Repeating it with the same id changes nothing.",
    access: permitted("events.rsvps"),
    repeatable: true,
    request: { params: ById, body: NewMessage },
    response: { 200: SentMessage },
    errors: [404, 409],
    handle: (ctx, { params, body }) => sendMessage(ctx, params.id, body),
  }),
];
