import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { Route } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { call } from "../harness/client.ts";
import { dayIn } from "../harness/days.ts";
import { inDays } from "../harness/subscriptions.ts";
import { exampleOf, nameOf } from "./examples.ts";

const takesInstants = (field: z.ZodType) =>
  field.safeParse("2027-03-01T00:00:00Z").success && !field.safeParse("2027-03-01T").success;

/** The fields of a query or a body that take an instant. */
const instantsOf = (schema: z.ZodType | undefined): string[] =>
  schema instanceof z.ZodObject
    ? Object.entries<z.ZodType>(schema.shape).flatMap(([name, field]) => (takesInstants(field) ? [name] : []))
    : [];

// Exports take the filters of their lists, and would send everything that there is.
const fields = routes
  .filter(({ path }) => !path.endsWith("/export"))
  .flatMap((route) => [
    ...instantsOf(route.request?.query).map((field) => ({ name: nameOf(route), route, field, in_query: true })),
    ...instantsOf(route.request?.body).map((field) => ({ name: nameOf(route), route, field, in_query: false })),
  ]);

/** Sends the route's example with another value for one field. Returns the status, and whether the field was at fault. */
async function sender({ route, field, in_query }: { route: Route; field: string; in_query: boolean }) {
  const { path, ...example } = await exampleOf(route);
  return async (value: string) => {
    const { status, body } = in_query
      ? await call("GET", `${route.path}?${field}=${encodeURIComponent(value)}`, example)
      : await call(route.method.toUpperCase(), path, {
          ...example,
          body: { ...(example.body as Record<string, unknown>), [field]: value },
        });
    return [status, JSON.stringify(body?.errors ?? "").includes(`"path":"${field}"`)] as const;
  };
}

/** An instant as a clock shows it that is so many minutes ahead of UTC. */
function written(instant: Date, minutes: number): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  const local = new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

test("instants are found in queries and bodies", () => {
  expect(fields.map(({ field }) => field)).toEqual(
    expect.arrayContaining(["from", "to", "term_end_to", "received_at", "paid_at", "term_end", "resumes_at"]),
  );
});

describe.concurrent("wherever there is an instant, one that no clock shows is refused", () => {
  test.each(fields)("$name $field", async (field) => {
    const send = await sender(field);
    for (const wrong of ["0000-01-01T00:00:00Z", "0999-12-31T00:00:00Z", `2027-03-01T00:00:00.${"1".repeat(300)}Z`])
      expect(await send(wrong), wrong).toEqual([400, true]);
  });
});

describe.concurrent("wherever there is an instant, a day and any offset are accepted, and no other", () => {
  // `updated_at` is sent back as it was read.
  test.each(fields.filter(({ field }) => field !== "updated_at"))("$name $field", async (field) => {
    const send = await sender(field);
    const accepted: boolean[] = [];
    for (const instant of [inDays(-1), inDays(1)]) {
      const [, at_fault] = await send(instant.toISOString());
      accepted.push(!at_fault);
      for (const minutes of [0, 330, -570, 840, -720])
        expect((await send(written(instant, minutes)))[1], written(instant, minutes)).toBe(at_fault);
      expect((await send(dayIn(instant)))[1]).toBe(at_fault);
    }
    // What lies in the past may not be accepted, or what lies in the future.
    expect(accepted).toContain(true);
    for (const wrong of ["+16:00", "-23:59"])
      expect(await send(inDays(1).toISOString().replace("Z", wrong))).toEqual([400, true]);
  });
});
