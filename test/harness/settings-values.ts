import * as fc from "fast-check";
import type { SETTINGS } from "../../src/settings/declaration.ts";

export type SettingName = keyof typeof SETTINGS;

const email = fc.stringMatching(/^[a-z]{1,10}@[a-z]{1,10}\.(org|com)$/);
const line = (max: number) => fc.string({ unit: "grapheme", minLength: 1, maxLength: max });
const offsets = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max }), { maxLength: 10 });
const days = (min: number, max: number) => fc.integer({ min, max });
const hex = (digits: string) => fc.stringMatching(new RegExp(`^#[${digits}]{6}$`));

/** Values that each setting may have, and some that it may not. A setting without an entry does not compile. */
export const SETTING_VALUES: Record<SettingName, fc.Arbitrary<unknown>> = {
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
