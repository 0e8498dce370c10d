import { describe, expect, test } from "vitest";
import { SETTINGS } from "../../src/settings/declaration.ts";
import { call } from "../harness/client.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { volunteer } from "../harness/people.ts";

const PATH = "/api/admin/settings";

describe("the organization's settings", () => {
  test("start with defaults and hold what was changed; what is left out stays", async () => {
    const { volunteer, call } = await ownPlatform();
    const { token } = await volunteer("settings.view", "settings.edit");
    const before = await call("GET", PATH, { token });
    expect(before.body).toMatchObject({
      name: "LOAF",
      time_zone: "America/New_York",
      country: "US",
      grace_days: 14,
      postal_address: null,
      acknowledgement: null,
    });
    const change = {
      time_zone: "Asia/Kolkata",
      country: "in",
      postal_address: "1 Example Street\nPune",
      contact_email: "Hello@Example.org",
      tax_id: "12-3456789",
      acknowledgement: "No goods or services were provided.",
      primary_colour: "#007711",
    };
    const changed = await call("PUT", PATH, { token, body: change });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({
      ...before.body,
      ...change,
      country: "IN",
      contact_email: "hello@example.org",
      primary_colour: "#007711",
      updated_at: expect.any(String),
    });
    expect((await call("GET", PATH, { token })).body).toEqual(changed.body);
    expect((await call("PUT", PATH, { token, body: { tax_id: null } })).body.tax_id).toBeNull();
    expect((await call("PUT", PATH, { token, body: {} })).body).toMatchObject({
      tax_id: null,
      time_zone: "Asia/Kolkata",
    });
  });

  test("are audited, each value before and after", async () => {
    const { volunteer, call, sql } = await ownPlatform();
    const { id, token } = await volunteer("settings.edit");
    await call("PUT", PATH, { token, body: { time_zone: "Europe/Madrid", grace_days: 30, name: "LOAF" } });
    expect(
      await sql(
        "select actor_id, action, changes from audit_log where subject_type = 'organisation_settings' and action = 'update' and actor_id is not null",
      ),
    ).toEqual([
      {
        actor_id: id,
        action: "update",
        changes: { time_zone: ["America/New_York", "Europe/Madrid"], grace_days: [14, 30] },
      },
    ]);
  });

  test("set the limits of donations, one after the other", async () => {
    const { volunteer, call } = await ownPlatform();
    const { token } = await volunteer("settings.edit");
    const put = (body: object) => call("PUT", PATH, { token, body });
    const refusal = (path: string, message: string) => ({ code: "invalid_input", errors: [{ path, message }] });
    const tooMuch = refusal("donation_minimum_cents", "must not be more than donation_maximum_cents");
    expect((await put({ donation_minimum_cents: 2000, donation_maximum_cents: 1000 })).body).toMatchObject(tooMuch);
    expect((await put({ donation_minimum_cents: 2_000_000 })).body).toMatchObject(tooMuch);
    expect((await put({ donation_minimum_cents: 2000, donation_maximum_cents: 5000 })).status).toBe(200);
    expect((await put({ donation_maximum_cents: 1999 })).body).toMatchObject(
      refusal("donation_maximum_cents", "must not be less than donation_minimum_cents"),
    );
    // Of two at once that do not fit each other, one is refused.
    const both = await Promise.all([put({ donation_minimum_cents: 4000 }), put({ donation_maximum_cents: 3000 })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });
});

test("a country is one of the 249 that ISO 3166-1 names, and Intl knows each", () => {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const countries = codes.filter((code) => SETTINGS.country.safeParse(code).success);
  expect(countries).toHaveLength(249);
  const named = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  expect(countries.filter((code) => named.of(code) === undefined)).toEqual([]);
  expect(Intl.getCanonicalLocales(countries.map((code) => `und-${code}`))).toEqual(
    countries.map((code) => `und-${code}`),
  );
});

describe("a setting is refused", () => {
  test.each([
    ["time_zone", "Mars/Olympus"],
    ["time_zone", "+02:00"],
    ["time_zone", ""],
    ["country", "USA"],
    ["country", "QX"],
    ["country", "EU"],
    ["country", "UK"],
    ["country", "DD"],
    ["primary_colour", "red"],
    ["primary_colour", "#00aa11"],
    ["logo_url", "http://example.org/logo.png"],
    ["contact_email", "nobody"],
    ["grace_days", 366],
    ["donation_minimum_cents", 49],
    ["donation_maximum_cents", 100_000_000],
    ["statement_descriptor_suffix", "123"],
    ["name", "​"],
    ["name", null],
    ["currency", "eur"],
    ["singleton", true],
    ["created_at", "2027-01-01T00:00:00Z"],
  ])("%s: %j", async (name, value) => {
    const { token } = await volunteer("settings.edit");
    const answer = await call("PUT", PATH, { token, body: { [name]: value } });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ path: name }] });
  });

  test("if only PostgreSQL does not know the time zone", async () => {
    const { token } = await volunteer("settings.edit");
    const answer = await call("PUT", PATH, { token, body: { time_zone: "america/new_york" } });
    expect(answer.status).toBe(400);
  });
});
