import { describe, expect, test } from "vitest";
import type { Settings } from "../../src/env.ts";
import type { Surroundings, Template } from "../../src/mail/letter.ts";
import { render } from "../../src/mail/render.ts";
import { TEMPLATES, type TemplateKey } from "../../src/mail/templates.ts";
import { userstatus } from "../../src/members/tables.ts";
import type { Branding } from "../../src/settings/schemas.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { outgoing, runMailCron } from "../harness/outbox.ts";
import { anyEmail } from "../harness/people.ts";
import { settings, sql } from "../harness/platform.ts";

const branding: Branding = {
  name: "Rainbow & Friends",
  primary_colour: "#123456",
  accent_colour: "#fedcba",
  logo_url: null,
};
const FRONTEND_URL = "https://members.example";
const withFrontend: Settings = { ...settings, FRONTEND_URL };

/** What each template may be given, and what a reader must find in it. */
const SAMPLES: Record<TemplateKey, { data: Record<string, unknown>; says: string[]; link?: string }> = {
  verification: {
    data: {},
    says: ["Hello,", "Confirm my address", "7 days"],
    link: `${FRONTEND_URL}/verify-email?token=the.token`,
  },
  already_registered: { data: { first_name: "Robin" }, says: ["Hello Robin,"], link: `${FRONTEND_URL}/login` },
  application_waiting: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "A new application is waiting"],
    link: `${FRONTEND_URL}/admin/users?status=pending_validation`,
  },
  approval: { data: { first_name: "Robin" }, says: ["Hello Robin,", "was approved"] },
  email_change_confirmation: {
    data: {},
    says: ["Hello,", "Confirm my new address", "24 hours"],
    link: `${FRONTEND_URL}/confirm-email?token=the.token`,
  },
  email_change_requested: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "another e-mail address"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  email_changed: { data: { first_name: "Robin" }, says: ["Hello Robin,", "This is the last mail"] },
  new_sign_in: {
    data: { first_name: "Robin", device: "Firefox on Linux", signed_in_at: "2027-03-01T23:30:00.000Z" },
    says: ["Hello Robin,", "Firefox on Linux", "March 1, 2027 at 11:30"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  password_changed: {
    data: { first_name: "Robin", changed_at: "2027-03-01T23:30:00.000Z" },
    says: ["Hello Robin,", "All other devices", "March 1, 2027 at 11:30"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  password_reset: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "one hour"],
    link: `${FRONTEND_URL}/reset-password?token=the.token`,
  },
  payment_prompt: {
    data: {
      first_name: "Robin",
      plans: [
        { name: "Regular", price_cents: 6000, billing_cycle: "yearly" },
        { name: "Small", price_cents: 550, billing_cycle: "monthly" },
        { name: "For life", price_cents: 100_000, billing_cycle: "lifetime" },
      ],
    },
    says: ["Hello Robin,", "$60.00 a year", "$5.50 a month", "$1,000.00"],
    link: `${FRONTEND_URL}/membership`,
  },
  recovery_code_used: { data: { first_name: "Robin", left: 7 }, says: ["Hello Robin,", "You have 7 left"] },
  rejection: {
    data: { first_name: "Robin", reason: "We could not reach you." },
    says: ["Hello Robin,", "We could not reach you."],
  },
  second_factor_changed: {
    data: { first_name: "Robin", change: "enabled" },
    says: ["Hello Robin,", "now has a second factor"],
  },
  thank_you: {
    data: {
      first_name: "Robin",
      base_subscription_cents: 6000,
      donation_cents: 1550,
      current_term_end: "2027-03-01T23:30:00.000Z",
    },
    says: ["Dear Robin,", "$60.00", "$15.50", "$75.50", "March 1, 2027"],
  },
};

function compose(key: TemplateKey, data: unknown, surroundings: Partial<Surroundings> = {}) {
  const template: Template = TEMPLATES[key];
  const around = { settings: withFrontend, branding, token: "the.token", ...surroundings };
  const letter = template.compose(template.data.parse(data), around);
  return { ...letter, ...render(letter, around.branding) };
}

const keys = Object.keys(SAMPLES) as TemplateKey[];

test("every template there is has a sample here", () => {
  expect(keys.sort()).toEqual(Object.keys(TEMPLATES).sort());
});

describe.for(keys)("the mail %s", (key) => {
  const { data, says, link } = SAMPLES[key];

  test("says the same in HTML and in text", () => {
    const { html, text } = compose(key, data);
    for (const words of says) {
      expect(html).toContain(words);
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/<\/?\w/);
    expect(`${html}${text}`).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test("has its link in both, to click and to copy, where it has one", () => {
    const { html, text } = compose(key, data);
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url);
    expect(new Set(links)).toEqual(new Set(link ? [link] : []));
    if (link) expect(text.split("\n")).toContain(link);
    else expect(text).not.toContain("http");
  });

  test("wears the organisation's name and colours", () => {
    const { html, text } = compose(key, data);
    expect(html).toContain("background:#123456");
    expect(html).toContain("#fedcba");
    expect(html).toContain("Rainbow &amp; Friends");
    expect(html).not.toContain("Rainbow & Friends");
    expect(text).toContain("-- \nRainbow & Friends\n");
    const logo = compose(key, data, { branding: { ...branding, logo_url: 'https://cdn.example/"logo".png' } });
    expect(logo.html).toContain('src="https://cdn.example/&quot;logo&quot;.png"');
    expect(html).not.toContain("<img");
  });

  test("has a subject that tells whoever sees the screen nothing of the person", () => {
    const { subject } = compose(key, data);
    expect(subject.length).toBeLessThan(80);
    for (const status of userstatus.enumValues)
      for (const word of status.split("_").filter((part) => !["email", "pending"].includes(part)))
        expect(subject.toLowerCase()).not.toContain(word);
    expect(subject).not.toMatch(/reject|approv|accept|declin|refus|member|lgbt|gay|queer|trans|Robin/i);
  });

  test("cannot be turned into something else by what people call themselves", () => {
    const nasty = `<script>alert("1")</script>'&amp;<img src=x onerror=alert(2)>`;
    const poisoned = JSON.parse(JSON.stringify(data), (_, value) =>
      typeof value === "string" && !/^\d{4}-|ly$|^lifetime$|^enabled$/.test(value) ? nasty : value,
    );
    const { html, text } = compose(key, poisoned, { branding: { ...branding, name: nasty } });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(2\)>/);
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp;");
    expect(text).toContain(nasty);
  });

  test("refuses to be written without what it speaks of", () => {
    for (const missing of Object.keys(data)) {
      const { [missing]: _, ...rest } = data;
      expect([missing, TEMPLATES[key].data.safeParse(rest).success]).toEqual([missing, false]);
    }
  });
});

describe("what depends on the occasion", () => {
  test("without a frontend links that do something point at this API, and other buttons are left out", () => {
    const { API_URL } = settings;
    const around = { settings: { ...settings, FRONTEND_URL: undefined } };
    const PAGES: Partial<Record<TemplateKey, string>> = {
      verification: "verify-email",
      email_change_confirmation: "confirm-email",
      password_reset: "reset-password",
    };
    for (const key of keys) {
      const { html, text } = compose(key, SAMPLES[key].data, around);
      if (PAGES[key]) expect(text).toContain(`\n${API_URL}/api/auth/${PAGES[key]}?token=the.token\n`);
      else expect(html).not.toContain("<a ");
    }
  });

  test("a thank-you speaks of a donation only where there was one", () => {
    const { text } = compose("thank_you", {
      first_name: "Robin",
      base_subscription_cents: 100,
      donation_cents: 0,
      current_term_end: null,
    });
    expect(text).toContain("Dues: $1.00");
    expect(text).not.toMatch(/donation|total|paid until|more than/i);
  });

  test("a changed second factor is told of by what happened to it", () => {
    const say = (change: string) => compose("second_factor_changed", { first_name: "Robin", change }).text;
    expect(say("disabled")).toContain("your password alone");
    expect(say("recovery_codes_renewed")).toContain("new recovery codes");
    expect(say("reset")).toContain("by those who look after the platform");
    expect(compose("recovery_code_used", { first_name: "Robin", left: 0 }).text).toContain("It was the last one");
  });

  test("a payment prompt lists the plans in their order, and no table when there are none", () => {
    const { text } = compose("payment_prompt", SAMPLES.payment_prompt.data);
    expect(text).toContain("Regular: $60.00 a year\nSmall: $5.50 a month\nFor life: $1,000.00\n");
    const none = compose("payment_prompt", { first_name: "Robin", plans: [] });
    expect(none.html).not.toContain("border-collapse");
    expect(none.text).toContain("Choose and pay");
  });

  test("a reason of several lines stays several lines, quoted", () => {
    const { text, html } = compose("rejection", { first_name: "Robin", reason: "First.\nSecond." });
    expect(text).toContain("> First.\n> Second.");
    expect(html).toContain("white-space:pre-line");
  });
});

test("a mail that goes out looks as the organisation's settings say at that moment", async () => {
  const [before] = await sql<{ name: string; primary_colour: string }>(
    "select name, primary_colour from organisation_settings",
  );
  const email = anyEmail("branding");
  try {
    await sql("update organisation_settings set name = 'Loaf & Butter', primary_colour = '#00aa11'");
    await outgoing(email);
    await runMailCron();
    const [mail] = await untilMails(email);
    expect(mail?.subject).toBe("Welcome to Loaf & Butter");
    expect(mail?.html).toContain("background:#00aa11");
    expect(mail?.html).toContain("Loaf &amp; Butter");
    expect(mail?.text).toContain("-- \nLoaf & Butter");
  } finally {
    await sql("update organisation_settings set name = $1, primary_colour = $2", [
      before?.name,
      before?.primary_colour,
    ]);
  }
  expect(await mailsTo(email)).toHaveLength(1);
});
