import { expect } from "vitest";
import { type Route, success } from "../../src/http/route.ts";
import { call } from "../harness/client.ts";
import { exampleOf } from "./examples.ts";

/** Makes a valid call of a route, with a slash at the end of its address. */
export async function checkSlash(route: Route): Promise<void> {
  const { path, ...options } = await exampleOf(route);
  const answer = await call(route.method.toUpperCase(), path.replace(/(?=\?|$)/, "/"), options);
  expect(answer.status).toBe(success(route).status);
}
