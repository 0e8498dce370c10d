import { describe, expect, test } from "vitest";
import { expectDiscreet, outcome, post } from "../harness/client.ts";
import { worker } from "../harness/platform.ts";

describe.concurrent("a body", () => {
  const token_refresh = "/api/auth/refresh";

  test.for(["{", '{"refresh_token": }', "", "undefined", "{'refresh_token': 'x'}", "\u0000", '{"a":1}}'])(
    "that is no JSON is 400: %j",
    async (body) => {
      const answer = await post(token_refresh, body);
      expect(outcome(answer)).toEqual([400, "malformed_body"]);
      expectDiscreet(answer);
    },
  );

  test.for([[], [{ refresh_token: "x" }], "text", 1, true, null])(
    "that is JSON and no object is 400: %j",
    async (value) => {
      expect(outcome(await post(token_refresh, JSON.stringify(value)))).toEqual([400, "invalid_input"]);
    },
  );

  test("with a field that nobody knows is 400, and names it", async () => {
    const answer = await post(token_refresh, { refresh_token: "x", colour: "red", size: 1 });
    expect(outcome(answer)).toEqual([400, "invalid_input"]);
    expect(answer.body.errors).toEqual([
      { path: "colour", message: "is not a known field" },
      { path: "size", message: "is not a known field" },
    ]);
  });

  test.for([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "text/json",
    "",
  ])("that does not say it is JSON is 415: %j", async (type) => {
    const answer = await post(token_refresh, '{"refresh_token": "x"}', { headers: { "Content-Type": type } });
    expect(outcome(answer)).toEqual([415, "unsupported_media_type"]);
  });

  test.for([
    "application/json",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/json ;charset=utf-8",
  ])("may say that it is JSON as %j", async (type) => {
    const answer = await post(token_refresh, '{"refresh_token": "x"}', { headers: { "Content-Type": type } });
    expect(outcome(answer)).toEqual([401, "session_ended"]);
  });

  test("of a megabyte is 413, whether it says how long it is or not", async () => {
    const body = JSON.stringify({ refresh_token: "x".repeat(1024 * 1024) });
    const told = await post(token_refresh, body);
    expect(outcome(told)).toEqual([413, "body_too_large"]);
    const bytes = new TextEncoder().encode(body);
    const untold = await fetch(worker.url + token_refresh, {
      method: "POST",
      headers: { "Content-Type": "application/json", "CF-Connecting-IP": "10.9.8.7" },
      body: new ReadableStream({
        start(controller) {
          for (let start = 0; start < bytes.length; start += 8192)
            controller.enqueue(bytes.subarray(start, start + 8192));
          controller.close();
        },
      }),
      duplex: "half",
    } as RequestInit);
    expect([untold.status, await untold.json()]).toEqual([413, expect.objectContaining({ code: "body_too_large" })]);
  });

  test("of 64 KiB is read, and one byte more is not", async () => {
    const sized = (bytes: number) => {
      const frame = JSON.stringify({ refresh_token: "x", more: "" });
      return JSON.stringify({ refresh_token: "x", more: "y".repeat(bytes - frame.length) });
    };
    expect(outcome(await post(token_refresh, sized(64 * 1024)))).toEqual([400, "invalid_input"]);
    expect(outcome(await post(token_refresh, sized(64 * 1024 + 1)))).toEqual([413, "body_too_large"]);
  });

  test("is not looked at before it is known who sends it", async () => {
    const answer = await post("/api/checkout/subscription", "{", { headers: { "Content-Type": "text/plain" } });
    expect(outcome(answer)).toEqual([401, "not_signed_in"]);
  });
});
