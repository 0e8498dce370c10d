import { describe, test } from "vitest";
import { routes } from "../../src/routes.ts";
import { nameOf } from "../generated/examples.ts";
import { checkSlash } from "../generated/slash.ts";

describe.concurrent("an address with a slash at its end is the same address", () => {
  test.each(routes.map((route) => [nameOf(route), route] as const))("%s", (_, route) => checkSlash(route));
});
