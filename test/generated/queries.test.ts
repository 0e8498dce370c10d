import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { toProblem, toRefusal } from "../../src/http/errors.ts";
import { links } from "../../src/http/frontend-links.ts";
import type { AppEnv } from "../../src/http/hono.ts";
import { isMailedLink, type Route } from "../../src/http/route.ts";
import { parsedQuery, validatedQuery } from "../../src/http/validate.ts";
import type { TemplateKey } from "../../src/mail/templates.ts";
import { routes } from "../../src/routes.ts";
import { type Answer, type Call, call, refusal } from "../harness/client.ts";
import { person } from "../harness/people.ts";
import { settings } from "../harness/platform.ts";
import { compose, SAMPLES } from "../mail/samples.ts";
import { nameOf } from "./examples.ts";

const named = (list: readonly Route[]) => list.map((route) => [nameOf(route), route] as const);
const parametersOf = ({ request }: Route) => Object.keys(request?.query?.shape ?? {});
const withQuery = routes.filter((route) => parametersOf(route).length > 0);
const signedIn = await person();

/** Calls a route with a query, as somebody who is signed in. Nothing that it names exists. */
function ask(route: Route, query: string): Promise<Answer> {
  const path = route.path
    .replace("{year}", "2026")
    .replace("{kind}", "event_cover")
    .replace("{pass}/{name}", "00000000-0000-4000-8000-000000000000/report.pdf")
    .replace("{name}", "A".repeat(22))
    .replace("{variant}", "full.webp")
    .replaceAll(/\{\w+\}/g, "00000000-0000-4000-8000-000000000000");
  const headers = { Accept: "application/json" };
  const options: Call = { token: signedIn.token, headers, ...(route.request?.body && { body: {} }) };
  return call(route.method.toUpperCase(), `${path}?${query}`, options);
}

/** What a route makes of a query: the parsed parameters, or its refusal. */
async function readBy({ request }: Route, query: string): Promise<unknown> {
  const app = new Hono<AppEnv>();
  app.get("/", validatedQuery(request?.query), (c) => c.json(parsedQuery(c)));
  app.onError((error, c) => c.json(toProblem(toRefusal(error), ""), 400));
  return (await app.request(`/?${query}`)).json();
}

describe.concurrent("a parameter that nobody knows is refused by name, never ignored", () => {
  test.each(named(routes.filter((route) => !isMailedLink(route))))("%s", async (_, route) => {
    const [answer, others] = [await ask(route, "not_there=1"), await ask(route, "__proto__=1&constructor=&limitt=5")];
    const unknown = (path: string) => ({ path, message: "is not a known parameter" });
    expect(refusal(answer)).toEqual([400, "invalid_input", expect.arrayContaining([unknown("not_there")])]);
    expect(refusal(others)[2]).toEqual(
      expect.arrayContaining([unknown("__proto__"), unknown("constructor"), unknown("limitt")]),
    );
  });
});

test("every page of ours that a mail links to is a mailed link", () => {
  const ours = { settings: { ...settings, FRONTEND_URL: undefined } };
  const mails = Object.entries(SAMPLES).map(([key, { data }]) => compose(key as TemplateKey, data, ours).html);
  const linked = mails.flatMap((html) => [...html.matchAll(/href="([^"]+)"/g)].map(([, url = ""]) => url));
  const urls = [...linked, links.unsubscribe(settings, "the.token")].filter((url) => url.startsWith(settings.API_URL));
  const paths = new Set(urls.map((url) => new URL(url).pathname.replace("the.token", "{token}")));
  expect(paths.size).toBeGreaterThan(10);
  for (const path of paths) {
    const route = routes.find((each) => each.method === "get" && each.path === path);
    expect([path, route && isMailedLink(route)]).toEqual([path, true]);
  }
});

describe.concurrent("a mailed link ignores what mail gateways add to it", () => {
  test.each(named(routes.filter(isMailedLink)))("%s", async (_, route) => {
    const [plain, added] = [await ask(route, "token=x"), await ask(route, "token=x&utm_source=mail")];
    expect(["link_not_valid", 200]).toContain(plain.body.code ?? plain.status);
    expect([added.status, added.body.code]).toEqual([plain.status, plain.body.code]);
  });
});

describe.concurrent("a parameter that is given twice is refused by name", () => {
  test.each(named(withQuery))("%s", async (_, route) => {
    for (const name of parametersOf(route)) {
      const errors = refusal(await ask(route, `${name}=1&${name}=2`))[2];
      const about = Array.isArray(errors) ? errors.filter(({ path }) => path === name) : [];
      expect(about).toEqual([{ path: name, message: "must be given only once" }]);
    }
  });
});

describe.concurrent("a number has digits and nothing else", () => {
  const numbers = named(withQuery).flatMap(([name, route]) =>
    parametersOf(route).map((parameter) => [`${name} ${parameter}`, parameter, route] as const),
  );

  test("in every query that has one", async () => {
    const known = new Set<string>();
    for (const [name, parameter, route] of numbers) {
      const read = await readBy(route, `${parameter}=7`);
      if (typeof parameterIn(read, parameter) !== "number") continue;
      known.add(parameter);
      expect(parameterIn(await readBy(route, `${parameter}=007`), parameter), name).toBe(7);
      for (const other of [
        "0x10",
        "1e1",
        "+7",
        " 7",
        "7 ",
        "7.0",
        "7.5",
        "-7",
        "Infinity",
        "NaN",
        "7n",
        "1_0",
        "٧",
        "7,0",
      ])
        expect(await readBy(route, `${parameter}=${encodeURIComponent(other)}`), `${name} ${other}`).toMatchObject({
          code: "invalid_input",
          errors: [{ path: parameter }],
        });
    }
    expect([...known]).toEqual(expect.arrayContaining(["limit", "min_amount_cents", "max_amount_cents"]));
  });
});

const parameterIn = (read: unknown, parameter: string): unknown =>
  typeof read === "object" && read !== null
    ? Object.entries(read).find(([name]) => name === parameter)?.[1]
    : undefined;

describe.concurrent("an empty parameter counts as left out: it is no zero, no date, and no choice", () => {
  test.each(named(withQuery))("%s", async (_, route) => {
    const names = parametersOf(route);
    const nothing = await readBy(route, "");
    for (const blank of ["", "%20", "+", "%09"]) {
      for (const name of names) expect(await readBy(route, `${name}=${blank}`)).toEqual(nothing);
      expect(await readBy(route, names.map((name) => `${name}=${blank}`).join("&"))).toEqual(nothing);
    }
    const [all, none] = [await ask(route, names.map((name) => `${name}=`).join("&")), await ask(route, "")];
    expect(refusal(all)).toEqual(refusal(none));
  });
});
