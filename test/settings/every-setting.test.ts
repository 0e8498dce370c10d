import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SETTINGS } from "../../src/settings/declaration.ts";
import type { OrganisationSettings } from "../../src/settings/schemas.ts";
import { get } from "../harness/client.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { SETTING_VALUES, type SettingName } from "../harness/settings-values.ts";

/** What only the database or Stripe can judge. */
const JUDGED_ELSEWHERE: SettingName[] = [
  "donation_minimum_cents",
  "donation_maximum_cents",
  "statement_descriptor_suffix",
];

test("every setting takes what its declaration accepts, refuses all else by name, and shows in branding at once", async () => {
  const platform = await ownPlatform({ STRIPE_PUBLISHABLE_KEY: "pk_test_123" });
  const { token } = await platform.volunteer();
  const put = (body: object) =>
    platform.call<OrganisationSettings & { errors?: { path: string }[] }>("PUT", "/api/admin/settings", {
      token,
      body,
    });
  const branding = async () => (await get("/api/branding", { url: platform.url })).body;
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const values = fc.oneof({ weight: 3, arbitrary: SETTING_VALUES[name] }, { weight: 1, arbitrary: fc.jsonValue() });
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const { success, data } = SETTINGS[name].safeParse(value);
        const { status, body } = await put({ [name]: value });
        if (success && status === 400 && JUDGED_ELSEWHERE.includes(name)) return;
        expect([name, value, status]).toEqual([name, value, success ? 200 : 400]);
        if (!success) expect(body.errors?.every(({ path }) => path.split(".")[0] === name)).toBe(true);
        else {
          expect(body[name]).toEqual(data);
          const shown = await branding();
          if (name in shown) expect(shown[name]).toEqual(data);
        }
      }),
      { numRuns: 8 },
    );
  }
  expect(await branding()).toMatchObject({ currency: "usd", stripe_publishable_key: "pk_test_123" });
});
