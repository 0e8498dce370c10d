import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { developmentPage, samplePeople } from "../local/development-page.ts";
import { SAMPLE_PASSWORD } from "../local/sample-sign-in.ts";
import { ROOT } from "../local/settings.ts";
import { DOCS_CSP } from "../src/http/headers.ts";
import { call, get, logged, outcome } from "./harness/client.ts";
import { person } from "./harness/people.ts";
import { mail_url, settings, startWorker, stripe_url } from "./harness/platform.ts";
import { offlineMember } from "./harness/subscriptions.ts";

const api_url = settings.API_URL;

describe("the page at /", () => {
  test("leads to the documentation, and loads only what this origin has", async () => {
    const { status, text, headers } = await get("/");
    expect([status, headers.get("Content-Type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(headers.get("Content-Security-Policy")).toBe(DOCS_CSP);
    expect(headers.get("Server-Timing")).toBe('database;desc="0 round trips"');
    const addresses = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = ""]) => url);
    for (const place of ["/docs", "/redoc", "/openapi.json"]) expect(addresses).toContain(place);
    for (const url of addresses.filter((each) => each !== "data:,")) {
      expect(url).toMatch(/^\/[a-z]/);
      expect((await get(url)).status, url).toBe(200);
    }
  });

  test("is not sent again while it has not changed", async () => {
    const { headers } = await get("/");
    expect(headers.get("Cache-Control")).toBe("public, max-age=0, must-revalidate");
    const again = await get("/", { headers: { "If-None-Match": headers.get("ETag") ?? "" } });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  test("answers HEAD, and nothing that would change it", async () => {
    const { status, text, headers } = await call("HEAD", "/");
    expect([status, text, headers.get("Content-Type")]).toEqual([200, "", "text/html; charset=utf-8"]);
    for (const path of ["/", "/development.json"]) {
      const answer = await call("POST", path, { body: {} });
      expect([...outcome(answer), answer.headers.get("Allow")]).toEqual([405, "method_not_allowed", "GET, HEAD"]);
    }
    for (const path of ["/index.html", "/index", "/docs/sample-people.json"])
      expect(outcome(await get(path))).toEqual([404, "not_found"]);
  });

  test("has a name in the log", async () => {
    for (const [path, route, status] of [
      ["/", "/", 200],
      ["/%64evelopment.json/", "/development.json", 204],
    ] as const) {
      const { request_id } = await get(path);
      const [line = "{}"] = await vi.waitUntil(() => logged(request_id).length > 0 && logged(request_id));
      expect(JSON.parse(line)).toMatchObject({ event: "request", route, status, trips: 0 });
    }
  });
});

describe("during development", () => {
  const page = developmentPage({ api_url, mail_url, stripe_url, crons: ["17 * * * *"] }, [
    { name: "Ada Active", email: "active@loaf.test", role: "member", status: "active", dues: "active" },
  ]);
  let development: Awaited<ReturnType<typeof startWorker>>;
  beforeAll(async () => {
    development = await startWorker({ DEVELOPMENT_PAGE: JSON.stringify(page) });
  });
  afterAll(() => development.stop());

  test("it offers what npm run dev set, and no cache may keep it", async () => {
    const { status, body, headers } = await get("/development.json", development);
    expect([status, body]).toEqual([200, page]);
    expect(headers.get("Cache-Control")).toBe("no-store");
    const head = await call("HEAD", "/development.json", development);
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(page.groups.flatMap(({ links }) => links.map(({ url }) => url))).toEqual(
      expect.arrayContaining([`${mail_url}/inbox`, stripe_url, `${api_url}/health/ready`]),
    );
  });

  test("sample people are those of the sample data as they are now, by role and status", async () => {
    const named = { first_name: "Sasha", last_name: "Sample" };
    const word = randomUUID().replaceAll(/[\d-]/g, "x");
    const applicant = await person("payment_pending", { ...named, email: `applicant.${word}@loaf.test` });
    const member = await person("active", { email: `member.${word}@loaf.test` });
    await offlineMember({ member });
    await person("active", { ...named, email: `sasha.${word}.17@loaf.test` });
    const found = await samplePeople(inject("stack").database_url);
    expect(found.filter(({ email }) => email.includes(word))).toMatchObject([
      { email: member.email, role: "member", status: "active", dues: "active" },
      { name: "Sasha Sample", email: applicant.email, role: "guest", status: "payment_pending", dues: null },
    ]);
  });
});

test("apart from the examples in the OpenAPI document, what is deployed has no sample person, password or local address", () => {
  const assets = globSync("dist/assets/**/*.{html,js,css,json}", { cwd: ROOT });
  expect(assets.length).toBeGreaterThan(8);
  // The examples in the document name sample people, who exist in sample data alone.
  const assets_of_code = assets.filter((file) => !file.endsWith("openapi.json"));
  const deployed = [...assets_of_code.map((file) => join(ROOT, file)), join(inject("worker_dir"), "index.js")];
  for (const file of deployed) {
    const text = readFileSync(file, "utf8");
    for (const word of [SAMPLE_PASSWORD, "@loaf.test", "127.0.0.1:", "localhost:"])
      expect(text.includes(word), `${file} has ${word}`).toBe(false);
  }
});
