import { fresh, permitted, signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { askErasure, deleteUser, keepUser, withdrawErasure } from "./request.ts";
import { Erasure } from "./schemas.ts";

export const erasureRoutes = [
  route({
    method: "post",
    path: "/api/members/erase",
    tag: "Members",
    operationId: "eraseMe",
    summary: "Have me erased",
    description:
      "In seven days, everything about me is erased and my membership ends, at Stripe first. Until then I can take this back; afterward nobody can. Asking again keeps the first date. Payments and donations keep their amount, day, method, receipt number and Stripe's ids, without a name. If my address is verified, an email says by when and how I can take it back, and what stays where.",
    access: fresh(signedIn()),
    repeatable: true,
    response: { 200: Erasure },
    errors: [409],
    handle: (ctx) => askErasure(ctx),
  }),
  route({
    method: "delete",
    path: "/api/members/erase",
    tag: "Members",
    operationId: "keepMe",
    summary: "Take back my request to be erased",
    description:
      "Possible until `erase_at`. Changes nothing if nobody asked for it. If a volunteer asked, only volunteers can take that back: if both of us asked, I am still erased.",
    access: signedIn(),
    repeatable: true,
    response: { 200: Erasure },
    errors: [409],
    handle: (ctx) => withdrawErasure(ctx),
  }),
  route({
    method: "delete",
    path: "/api/admin/users/{id}",
    tag: "Members (admin)",
    operationId: "deleteUser",
    summary: "Delete a person",
    description:
      "Erases them in seven days, exactly as if they had asked for it themselves, and emails them if their address is verified. You must hold every permission that they hold. The last superadmin cannot be deleted. To have yourself erased, use `POST /api/members/erase`.",
    access: fresh(permitted("users.delete")),
    repeatable: true,
    request: { params: ById },
    response: { 200: Erasure },
    errors: [404, 409],
    handle: (ctx, { params }) => deleteUser(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/keep",
    tag: "Members (admin)",
    operationId: "keepUser",
    summary: "Keep a person who was to be deleted",
    description:
      "Possible until `erase_at`. Emails the person if their address is verified. If they asked to be erased themselves, only they can take that back: if both asked, they are still erased.",
    access: permitted("users.delete"),
    repeatable: true,
    request: { params: ById },
    response: { 200: Erasure },
    errors: [404, 409],
    handle: (ctx, { params }) => keepUser(ctx, params.id),
  }),
];
