import { open } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { Received } from "../../http/schemas.ts";
import { receiveMailFeedback } from "./receive.ts";

export const mailFeedbackRoutes = [
  route({
    method: "post",
    path: "/api/webhooks/email",
    tag: "Email",
    operationId: "receiveMailFeedback",
    summary: "Receive what the mail provider says became of emails",
    description:
      "Delivered, bounced, reported as spam, or not sent; anything else is ignored. The provider signs it. It may come in any order and more than once.",
    access: open,
    request: { signed_body: true },
    response: { 200: Received },
    handle: (ctx, { raw }) => receiveMailFeedback(ctx, raw),
  }),
];
