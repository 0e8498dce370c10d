import * as z from "zod";
import { type Access, PERMITTED_STATUSES } from "../src/access/access.ts";
import type { Route } from "../src/http/route.ts";
import { SENDERS } from "./examples/example.ts";
import { exampleOf } from "./examples/index.ts";

/** What a route does, who may call it, how well they must have proved who they are, and how to try it. */
export const longDescription = (route: Route): string =>
  [
    route.description,
    ...whatIsIgnored(route),
    ...whetherAgain(route),
    whoMay(route.access),
    ...proofsOf(route.access),
    ...howToTry(route),
  ]
    .filter(Boolean)
    .join("\n\n");

/** Whether a change may be sent again. A GET always may. */
export const isMarkedRepeatable = ({ method, repeatable }: Route): boolean => method !== "get" && repeatable === true;

const whetherAgain = (route: Route): string[] =>
  isMarkedRepeatable(route) ? ["After a 503, it can be sent again."] : [];

/** Bodies of the old API may have more than we know: frontends send it. */
function whatIsIgnored({ request }: Route): string[] {
  if (!request?.body) return [];
  const { type, additionalProperties } = z.toJSONSchema(request.body, { io: "input", unrepresentable: "any" });
  return type === "object" && additionalProperties !== false ? ["Unknown fields are ignored."] : [];
}

/** What the example needs, and who sends it. With sample data, all others work as they stand for the superadmin. */
function howToTry(route: Route): string[] {
  const { needs, as } = exampleOf(route);
  return [
    ...(needs ? [`To try it, you need ${needs}.`] : []),
    ...(route.request?.upload ? ["To try it, choose a file."] : []),
    ...(as ? [`With sample data, try it as ${SENDERS[as]}.`] : []),
  ];
}

/** How well people must have proved who they are, beyond an access token. */
function proofsOf(access: Access): string[] {
  if (access.kind === "open" || access.kind === "open_or_signed_in") return [];
  const fresh =
    "Needs a fresh proof of identity: signing in, or `POST /api/auth/reauthenticate`, within the last 15 minutes. Otherwise 403 `reauthentication_required`.";
  const second_factor = access.enrolling
    ? "Also works before a person sets up the second factor that their role requires."
    : "If the person's role requires a second factor, they must set it up first. Otherwise 403 `second_factor_required`.";
  return access.fresh ? [fresh, second_factor] : [second_factor];
}

function whoMay(access: Access): string {
  switch (access.kind) {
    case "open":
      return "Open to anyone.";
    case "open_or_signed_in":
      return "Open to anyone. An access token is optional, but an invalid one is refused.";
    case "signed_in":
      return access.statuses
        ? `For signed-in people with the status ${access.statuses.join(", ")}.`
        : "For signed-in people.";
    case "permitted":
      return `Needs the permission ${access.any_of.map((permission) => `\`${permission}\``).join(" or ")} and one of the statuses ${PERMITTED_STATUSES.join(", ")}.`;
  }
}
