import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { GivingStatement } from "../../src/donations/statement/schemas.ts";
import { lookOf } from "../../src/organisation/look.ts";
import type { ReminderPreview } from "../../src/reminders/schemas.ts";
import { SETTINGS } from "../../src/settings/declaration.ts";
import { mailsTo, type Received, untilMails } from "../harness/mailbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { SETTING_VALUES, type SettingName } from "../harness/settings-values.ts";

const PATH = "/api/admin/settings";

/** What people see: an answer for frontends, a page, a receipt by email, a statement as data and on paper, and replies. */
type Place = "branding" | "page" | "mail" | "statement" | "print" | "reply";

/**
 * Where each setting shows. What a setting decides without being shown is held by the test that is named here. A setting
 * without an entry does not compile.
 */
const SHOWS: Record<SettingName, Place[] | string> = {
  name: ["branding", "page", "mail", "statement", "print"],
  primary_colour: ["branding", "page", "mail", "statement", "print"],
  accent_colour: ["branding", "page", "mail", "statement"],
  time_zone: ["branding", "statement"],
  country: ["branding"],
  postal_address: ["mail", "statement", "print"],
  contact_email: ["branding", "mail", "statement", "print"],
  tax_id: ["mail", "statement", "print"],
  acknowledgement: ["mail", "statement", "print"],
  donation_minimum_cents: ["branding"],
  donation_maximum_cents: ["branding"],
  membership_email: ["reply"],
  events_email: ["reply"],
  newsletter_email: ["reply"],
  grace_days: "subscriptions/follow-ups.test.ts",
  statement_descriptor_suffix: "subscriptions/checkout/once.test.ts",
  mails_per_second: "mail/pace.test.ts",
  mails_per_day: "mail/pace.test.ts",
  discreet_mails: "mail/discreet.test.ts",
  sensitive_words: "mail/discreet.test.ts",
  event_reminder_hours: "settings/where-settings-show.test.ts",
  payment_reminder_days: "settings/where-settings-show.test.ts",
  renewal_reminder_days: "settings/where-settings-show.test.ts",
  past_due_reminder_days: "settings/where-settings-show.test.ts",
  keep_mails_days: "jobs/retention.test.ts",
  keep_sign_ins_days: "jobs/retention.test.ts",
  keep_answers_days: "jobs/retention.test.ts",
};

const NAMES = Object.keys(SHOWS) as SettingName[];
const shownSettings = NAMES.filter((name) => Array.isArray(SHOWS[name]));

/** How a setting shows in pages and mails: the accent in a tone that people can see on a white card. */
function shownAs(name: SettingName, settings: Record<string, unknown>): string {
  const [value, primary_colour] = [String(settings[name]), String(settings.primary_colour)];
  return name === "accent_colour" ? lookOf({ primary_colour, accent_colour: value }).light.accent : value;
}

/** For mails of which kind each address gets the replies. */
const REPLIES = { membership_email: "membership", events_email: "events", newsletter_email: "newsletter" } as const;

const accepted = (name: SettingName) => SETTING_VALUES[name].filter((value) => SETTINGS[name].safeParse(value).success);

const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const unescaped = (html: string) => html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

/** A platform with a donor who is also a volunteer, and what they see of the organization. */
async function sights() {
  const platform = await ownPlatform();
  const { call, insert, sql } = platform;
  const { id, email, token } = await platform.volunteer();
  const donation_id = await insert("donations", {
    user_id: id,
    donation_type: "member",
    status: "completed",
    amount_cents: 2500,
    completed_at: new Date(),
    payment_method: "cash",
  });
  await insert("payments", {
    user_id: id,
    donation_id,
    payment_method: "cash",
    donation_cents: 2500,
    paid_at: new Date(),
  });
  const newsletter = await call<{ id: string }>("POST", "/api/admin/newsletters", {
    token,
    body: { title: "Spring", body: "Hello." },
  });
  await sql("update organisation_settings set mails_per_second = 1000");
  const seen = new Set<string>();
  /** Has a mail sent to the volunteer. Returns it. */
  const mailed = async (path: string): Promise<Received> => {
    expect((await call("POST", path, { token })).status).toBe(200);
    await untilMails(email, seen.size + 1);
    const mail = (await mailsTo(email)).find((each) => !seen.has(each.id));
    if (!mail) throw new Error("No new mail came");
    seen.add(mail.id);
    return mail;
  };
  const testOf = (template: string) => mailed(`/api/admin/email-templates/${template}/test`);
  const pageAt = async (path: string) => {
    const { text, headers } = await call("GET", path, { token, headers: { Accept: "text/html" } });
    return { text: unescaped(text), kept: headers.get("Cache-Control") ?? "" };
  };
  return {
    put: (body: object) => call<Record<string, unknown>>("PUT", PATH, { token, body }),
    async see() {
      const year = new Date().getUTCFullYear();
      const branding = await call("GET", "/api/branding");
      const statement = await call<GivingStatement>("GET", `/api/members/donations/statement/${year}`, { token });
      const [page, print] = [
        await pageAt("/api/checkout/paid"),
        await pageAt(`/api/members/donations/statement/${year}`),
      ];
      const [membership, events, news] = [
        await testOf("donation_receipt"),
        await testOf("event_reminder"),
        await mailed(`/api/admin/newsletters/${newsletter.body.id}/test`),
      ];
      return {
        branding: branding.body,
        statement: statement.body.organisation,
        page: page.text,
        print: print.text,
        mail: `${membership.text}\n${membership.html}`,
        reply: { membership: membership.reply_to, events: events.reply_to, newsletter: news.reply_to },
        kept: [branding.headers.get("Cache-Control") ?? "", page.kept, print.kept],
      };
    },
    platform,
  };
}

test("every setting shows wherever it should from the next answer on, which nobody keeps for more than a minute", {
  timeout: 60_000,
}, async () => {
  const { put, see } = await sights();
  const values = fc.record(Object.fromEntries(shownSettings.map((name) => [name, accepted(name)])));
  await fc.assert(
    fc.asyncProperty(values, async (change) => {
      // The limits must fit each other, whichever come.
      const limits = { donation_minimum_cents: 100, donation_maximum_cents: 90_000 };
      const { status, body } = await put({ ...change, ...limits });
      expect([change, status]).toEqual([change, 200]);
      const seen = await see();
      for (const kept of seen.kept) expect(kept).toMatch(/no-store|^public, max-age=60$/);
      for (const name of shownSettings)
        for (const place of SHOWS[name]) {
          const value = body[name];
          if (place === "branding" || place === "statement")
            expect([name, place, (seen[place] as Record<string, unknown>)[name]]).toEqual([name, place, value]);
          else if (place === "reply") {
            const kind = REPLIES[name as keyof typeof REPLIES];
            const address = value ?? body.contact_email;
            expect([name, [seen.reply[kind] ?? []].flat()]).toEqual([name, address ? [address] : []]);
          } else if (value !== null)
            expect([name, place, seen[place as "page" | "print" | "mail"]]).toEqual([
              name,
              place,
              expect.stringContaining(shownAs(name, body)),
            ]);
        }
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test("what a setting decides without being shown is held by a test that names it", async () => {
  for (const name of NAMES) {
    const held_by = SHOWS[name];
    if (typeof held_by === "string")
      expect(await readFile(join(import.meta.dirname, "..", held_by), "utf8"), name).toMatch(
        new RegExp(`\\b${name}\\b`),
      );
  }
});

test("changed offsets move the reminders that come next", async () => {
  const { platform, put } = await sights();
  const { insert, person, plan, volunteer, call } = platform;
  const { token } = await volunteer("settings.email");
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);
  const event_id = await insert("events", {
    title: "Picnic",
    location: "The park",
    start_at: days(5),
    end_at: days(6),
    published: true,
  });
  await insert("event_rsvps", { event_id, user_id: (await person("active")).id, rsvp_status: "yes" });
  await person("payment_pending");
  const plan_id = await plan();
  for (const [status, ends] of [
    ["active", 40],
    ["past_due", -1],
  ] as const)
    await insert("subscriptions", {
      user_id: (await person("active")).id,
      plan_id,
      status,
      billing_cycle: "custom",
      base_subscription_cents: 6000,
      payment_method: "cash",
      current_term_start: days(-300),
      current_term_end: days(ends),
    });
  const dueWith = async (offset: number) => {
    const offsets = [offset];
    const { status } = await put({
      event_reminder_hours: offsets,
      payment_reminder_days: offsets,
      renewal_reminder_days: offsets,
      past_due_reminder_days: offsets,
    });
    expect(status).toBe(200);
    const { body } = await call<ReminderPreview>("GET", "/api/admin/reminders/preview?days=60", { token });
    return Object.fromEntries(body.items.map(({ kind, due_at }) => [kind, Date.parse(due_at)]));
  };
  const [before, after] = [await dueWith(5), await dueWith(8)];
  const moved = (kind: string, unit: number) => Math.round(((after[kind] ?? 0) - (before[kind] ?? 0)) / unit);
  const [hour, day] = [3_600_000, 86_400_000];
  expect([
    moved("event_reminder", hour),
    moved("payment_pending", day),
    moved("term_ending", day),
    moved("past_due", day),
  ]).toEqual([-3, 3, -3, 3]);
});
