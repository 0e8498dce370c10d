import { describe, expect, test } from "vitest";
import * as z from "zod";
import { DOCS_CSP } from "../src/http/headers.ts";
import { routes } from "../src/routes.ts";
import { nameOf } from "./generated/examples.ts";
import { get, outcome } from "./harness/client.ts";

const Operation = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  responses: z.record(z.string(), z.unknown()),
  security: z.array(z.unknown()),
});
const Document = z.looseObject({
  openapi: z.string(),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

const document = async () => Document.parse((await get("/openapi.json")).body);

/** What a page loads: scripts, styles, pictures. */
const sourcesOf = (html: string) => [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? "");

describe("the OpenAPI document", () => {
  test("lists every declared route with its method, and nothing else", async () => {
    const { paths } = await document();
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(listed.sort()).toEqual(routes.map(nameOf).sort());
  });

  test("gives every route a described tag, a summary, a name of its own and its refusals", async () => {
    const { tags, paths } = await document();
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    for (const { tags: its_tags, responses, operationId } of operations) {
      expect(tags.map(({ name }) => name)).toEqual(expect.arrayContaining(its_tags));
      expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(["429", "500", "503"]));
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  test("asks for an access token just where the route does", async () => {
    const { paths } = await document();
    const token = { access_token: [] };
    // An empty one beside it stands for: or nothing.
    const wanted = { open: [], open_or_signed_in: [{}, token], signed_in: [token], permitted: [token] };
    for (const { method, path, access } of routes) expect(paths[path]?.[method]?.security).toEqual(wanted[access.kind]);
  });
});

// `get` holds every answer to the safe headers.
describe.each(["/docs", "/redoc"])("%s", (path) => {
  test("is a page of this origin alone, under a policy of its own", async () => {
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
    expect(page.headers.get("Content-Security-Policy")).toBe(DOCS_CSP);
    const sources = sourcesOf(page.text);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) expect(source).toMatch(/^(\/(docs|redoc)\/[\w.-]+|data:,)$/);
  });

  test("finds all it loads", async () => {
    const { text } = await get(path);
    for (const source of sourcesOf(text).filter((url) => url.startsWith("/"))) {
      const asset = await get(source);
      expect(asset.status, source).toBe(200);
      expect(asset.headers.get("Content-Type")).toMatch(source.endsWith(".css") ? /^text\/css/ : /^text\/javascript/);
    }
  });
});

test.each(["/docs/nothing.js", "/docs.html", "/redoc.html", "/docs/start"])("%s is nothing", async (path) => {
  const answer = await get(path);
  expect(outcome(answer)).toEqual([404, "not_found"]);
});

test("the Worker's documentation never names a content delivery network", async () => {
  const redoc = await get("/redoc/redoc.standalone.js");
  expect(redoc.text).not.toContain("cdn.redoc.ly");
  const starts = [(await get("/docs/start.js")).text, (await get("/redoc/start.js")).text];
  for (const start of starts) expect(start).not.toMatch(/https?:/);
});

describe.concurrent("the documentation", () => {
  test.for(["/docs", "/redoc", "/openapi.json"])(
    "at %s has a policy of its own, and takes scripts from this origin alone",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      const policy = answer.headers.get("Content-Security-Policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/);
      for (const [, source] of answer.text.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"/g))
        expect(source).not.toMatch(/^(https?:)?\/\//);
    },
  );

  test("is 404 in the one shape where there is no such file", async () => {
    for (const path of ["/docs/none.js", "/redoc/none.css"])
      expect(outcome(await get(path))).toEqual([404, "not_found"]);
  });
});
