import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SETTINGS } from "../../src/settings/declaration.ts";
import type { OrganisationSettings } from "../../src/settings/schemas.ts";
import { get } from "../harness/client.ts";
import { ownPlatform } from "../harness/own-platform.ts";

type Name = keyof typeof SETTINGS;

const email = fc.stringMatching(/^[a-z]{1,10}@[a-z]{1,10}\.(org|com)$/);
const line = (max: number) => fc.string({ unit: "grapheme", minLength: 1, maxLength: max });
const offsets = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max }), { maxLength: 10 });
const days = (min: number, max: number) => fc.integer({ min, max });
const hex = (digits: string) => fc.stringMatching(new RegExp(`^#[${digits}]{6}$`));

/** Values that each setting may have, and some that it may not. A setting without an entry does not compile. */
const VALUES: Record<Name, fc.Arbitrary<unknown>> = {
  name: line(110),
  primary_colour: fc.oneof(hex("0-5"), hex("0-9a-fA-F")),
  accent_colour: hex("0-9a-fA-F"),
  time_zone: fc.constantFrom("Asia/Kolkata", "Europe/Madrid", "America/New_York"),
  country: fc.oneof(fc.constantFrom("US", "in", "DE"), fc.stringMatching(/^[A-Z]{2}$/)),
  postal_address: fc.option(line(510)),
  contact_email: fc.option(email),
  tax_id: fc.option(line(60)),
  acknowledgement: fc.option(line(100)),
  grace_days: days(-5, 400),
  donation_minimum_cents: days(0, 5000),
  donation_maximum_cents: days(4000, 100_000_010),
  statement_descriptor_suffix: fc.option(fc.oneof(line(30), fc.stringMatching(/^[A-Z0-9 .&-]{1,22}$/))),
  membership_email: fc.option(email),
  events_email: fc.option(email),
  newsletter_email: fc.option(email),
  mails_per_second: days(-1, 1100),
  mails_per_day: fc.option(days(0, 20_000_000)),
  discreet_mails: fc.boolean(),
  sensitive_words: fc.array(line(60), { maxLength: 5 }),
  event_reminder_hours: offsets(24 * 14 + 10),
  payment_reminder_days: offsets(370),
  renewal_reminder_days: offsets(370),
  past_due_reminder_days: offsets(370),
  keep_mails_days: days(20, 3700),
  keep_sign_ins_days: days(20, 3700),
  keep_answers_days: days(0, 400),
};

/** What only the database or Stripe can judge. */
const JUDGED_ELSEWHERE: Name[] = ["donation_minimum_cents", "donation_maximum_cents", "statement_descriptor_suffix"];

test("every setting takes what its declaration accepts, refuses all else by name, and shows in branding at once", async () => {
  const platform = await ownPlatform({ STRIPE_PUBLISHABLE_KEY: "pk_test_123" });
  const { token } = await platform.volunteer();
  const put = (body: object) =>
    platform.call<OrganisationSettings & { errors?: { path: string }[] }>("PUT", "/api/admin/settings", {
      token,
      body,
    });
  const branding = async () => (await get("/api/branding", { url: platform.url })).body;
  for (const name of Object.keys(SETTINGS) as Name[]) {
    const values = fc.oneof({ weight: 3, arbitrary: VALUES[name] }, { weight: 1, arbitrary: fc.jsonValue() });
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
