import { describe, test } from "vitest";
import { CALLERS } from "../../cli/access-matrix.ts";
import { routes } from "../../src/routes.ts";
import { checkCallers, checkStatuses, statusesToCheck } from "../generated/callers.ts";
import { nameOf } from "../generated/examples.ts";

const named = routes.map((route) => [nameOf(route), route] as const);
const closed = named.filter(([, { access }]) => access.kind !== "open");

describe.concurrent("every route answers every caller as it declares, and denials are in the audit log", () => {
  test.each(named)("%s", (_, route) => checkCallers(route, CALLERS));
});

describe.concurrent("permissions make up for no status, and count with every status that keeps them", () => {
  test.each(closed)("%s", (_, route) => checkStatuses(route, statusesToCheck(route)));
});
