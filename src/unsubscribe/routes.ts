import { open } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { route } from "../http/route.ts";
import {
  askToUnsubscribePage,
  openUnsubscribeLink,
  resubscribe,
  UnsubscribeLink,
  unsubscribe,
  unsubscribedPage,
} from "./unsubscribe.ts";

const tag = "Email";

export const unsubscribeRoutes = [
  route({
    method: "get",
    path: "/api/unsubscribe/{token}",
    tag,
    operationId: "openUnsubscribeLink",
    summary: "Open the link that stops emails of a kind",
    description: "The page that the link in an email opens. Only its button changes anything.",
    access: open,
    mailed: true,
    request: { params: UnsubscribeLink },
    response: { 200: Notice },
    page: askToUnsubscribePage,
    handle: (ctx, { params }) => openUnsubscribeLink(ctx, params),
  }),
  route({
    method: "post",
    path: "/api/unsubscribe/{token}",
    tag,
    operationId: "unsubscribe",
    summary: "Stop emails of a kind",
    description:
      "Mail programs send this when somebody uses their own button (RFC 8058), so any body is accepted and ignored. The link keeps working. Mails about the account are never stopped.",
    access: open,
    mailed: true,
    repeatable: true,
    request: { params: UnsubscribeLink },
    response: { 200: Notice },
    page: unsubscribedPage,
    handle: (ctx, { params }) => unsubscribe(ctx, params),
  }),
  route({
    method: "post",
    path: "/api/unsubscribe/{token}/undo",
    tag,
    operationId: "resubscribe",
    summary: "Get emails of a kind again",
    access: open,
    repeatable: true,
    request: { params: UnsubscribeLink },
    response: { 200: Notice },
    page: (notice, settings) => page(notice, settings),
    handle: (ctx, { params }) => resubscribe(ctx, params),
  }),
];
