import { signedIn } from "../access/access.ts";
import { route } from "../http/route.ts";
import { mySubscription } from "./mine.ts";
import { Subscription } from "./schemas.ts";

export const subscriptionRoutes = [
  route({
    method: "get",
    path: "/api/members/subscription",
    tag: "Payments",
    summary: "See my subscription",
    access: signedIn(),
    response: { 200: Subscription },
    errors: [404],
    handle: (ctx) => mySubscription(ctx),
  }),
];
