import { describe, expect, test } from "vitest";
import { success } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { tripsOf } from "../harness/client.ts";
import { callExample, examples, nameOf } from "./examples.ts";

test("every example belongs to a declared route", () => {
  expect(Object.keys(examples).sort()).toEqual(routes.map(nameOf).sort());
});

describe.concurrent("a valid call answers what is declared, in the declared number of round trips", () => {
  test.each(routes.map((route) => [nameOf(route), route] as const))("%s", async (_, route) => {
    const answer = await callExample(route);
    expect(answer.status).toBe(success(route).status);
    const declared = route.round_trips ?? 1;
    expect((await tripsOf(answer)).before).toBe(declared);
    expect(answer.headers.get("Server-Timing")).toBe(
      `database;desc="${declared} ${declared === 1 ? "round trip" : "round trips"}"`,
    );
  });
});
