import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { render } from "../../src/mail/render.ts";
import { TEMPLATES, type TemplateKey } from "../../src/mail/templates.ts";
import { lookOf } from "../../src/organisation/look.ts";
import { userstatus } from "../../src/tables/people.ts";
import { untilMails } from "../harness/mailbox.ts";
import { outboxOfOwn } from "../harness/own-mails.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { settings } from "../harness/platform.ts";
import { compose, organisation, SAMPLES } from "./samples.ts";

const keys = Object.keys(SAMPLES) as TemplateKey[];

test("every template there is has a sample here", () => {
  expect(keys.sort()).toEqual(Object.keys(TEMPLATES).sort());
});

test("words with several lines and paragraphs look the same in HTML and in text", () => {
  const letter = {
    subject: "News",
    preheader: "",
    blocks: ["Hi,\n\nwe moved.\r\nSee you & yours."],
    locale: "en",
  } as const;
  const { html, text } = render({ ...letter, blocks: [...letter.blocks] }, organisation);
  expect(text).toContain("Hi,\n\nwe moved.\r\nSee you & yours.");
  expect(html).toMatch(/<p [^>]*>Hi,<\/p><p [^>]*>we moved\.<br \/>See you &amp; yours\.<\/p>/);
});

describe.for(keys)("the mail %s", (key) => {
  const { data, says, link, links: several = link ? [link] : [] } = SAMPLES[key];

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
    expect(new Set(links)).toEqual(new Set(several));
    for (const one of several) expect(text.split("\n")).toContain(one);
    if (several.length === 0) expect(text).not.toContain("http");
  });

  test("wears the organisation's name and colours", () => {
    const { html, text } = compose(key, data);
    expect(html).toContain("background:#123456");
    const { light, dark: night } = lookOf(organisation);
    expect(html).toContain(`border-bottom:2px solid ${light.accent}`);
    expect(html).toContain(`border-color: ${night.accent} !important`);
    expect(html).toContain("Rainbow &amp; Friends");
    expect(html).not.toContain("Rainbow & Friends");
    expect(text).toContain("-- \nRainbow & Friends\n");
    const logo = compose(key, data, { organisation: { ...organisation, logo_url: 'https://cdn.example/"logo".png' } });
    expect(logo.html).toContain('src="https://cdn.example/&quot;logo&quot;.png"');
    const dark = compose(key, data, {
      organisation: { ...organisation, logo_url: "x", logo_dark_url: "https://cdn.example/dark.png" },
    });
    expect(dark.html).toContain('src="https://cdn.example/dark.png"');
    expect(html).not.toContain("<img");
  });

  test("has a subject and a preview that tell whoever sees the screen nothing of the person", () => {
    const { subject, preheader } = compose(key, data);
    expect(subject.length).toBeLessThan(80);
    expect(preheader.length).toBeLessThan(80);
    for (const seen of [subject, preheader]) {
      for (const status of userstatus.enumValues)
        for (const word of status.split("_").filter((part) => !["email", "pending"].includes(part)))
          expect(seen.toLowerCase()).not.toContain(word);
      expect(seen).not.toMatch(/reject|approv|accept|declin|refus|member|lgbt|gay|queer|trans|Robin/i);
    }
  });

  test("cannot be turned into something else by what people call themselves", () => {
    const nasty = `<script>alert("1")</script>'&amp;<img src=x onerror=alert(2)>`;
    const poisoned = JSON.parse(JSON.stringify(data), (_, value) =>
      typeof value === "string" && !/^\d{4}-|ly$|^(lifetime|enabled|cash|cheque|dues|donation)$/.test(value)
        ? nasty
        : value,
    );
    const { html, text } = compose(key, poisoned, { organisation: { ...organisation, name: nasty } });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(2\)>/);
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp;");
    expect(text).toContain(nasty);
  });

  test("refuses to be written without what it speaks of", () => {
    const shape: Record<string, z.ZodType> = TEMPLATES[key].data.shape;
    for (const missing of Object.keys(data).filter((name) => !shape[name]?.isOptional())) {
      const { [missing]: _, ...rest } = data;
      expect([missing, TEMPLATES[key].data.safeParse(rest).success]).toEqual([missing, false]);
    }
  });
});

describe("what depends on the occasion", () => {
  test("without a frontend links point at this API, and words say where to go for what only a frontend has", () => {
    const { API_URL } = settings;
    const around = { settings: { ...settings, FRONTEND_URL: undefined } };
    const PAGES: Partial<Record<TemplateKey, string>> = {
      verification: "verify-email",
      verification_reminder: "verify-email",
      activation: "activate",
      email_change_confirmation: "confirm-email",
      password_needed: "reset-password",
      password_reset: "reset-password",
      invitation: "accept-invitation",
      vouching: "vouch",
    };
    const PAYABLE: TemplateKey[] = [
      "approval",
      "payment_prompt",
      "payment_reminder",
      "past_due_reminder",
      "renewal_reminder",
      "card_expiring",
      "payment_failed",
      "term_ending",
      "membership_ended",
      "checkout_failed",
    ];
    for (const key of keys) {
      const { html, text } = compose(key, SAMPLES[key].data, around);
      if (SAMPLES[key].link?.endsWith("/forgot-password"))
        expect(text).toContain(`\n${API_URL}/api/auth/forgot-password\n`);
      else if (PAGES[key]) expect(text).toContain(`\n${API_URL}/api/auth/${PAGES[key]}?token=the.token\n`);
      else if (PAYABLE.includes(key)) expect(text).toContain(`\n${API_URL}/api/pay/the.token\n`);
      else {
        expect(html.includes("<a ")).toBe(SAMPLES[key].links !== undefined);
        expect(text.includes("where you use your account at Rainbow & Friends")).toBe(SAMPLES[key].link !== undefined);
      }
    }
  });

  test("a mail to somebody without an account, who has no token, says where to go instead of having a button", () => {
    const around = { settings: { ...settings, FRONTEND_URL: undefined }, token: undefined };
    const { text } = compose("payment_reminder", SAMPLES.payment_reminder.data, around);
    expect(text).not.toContain("/api/pay");
    expect(text).toContain("where you use your account at Rainbow & Friends");
  });

  test("a reminder to pay tells somebody who was a member before of no application", () => {
    const say = (was_member: boolean) => compose("payment_reminder", { first_name: "Robin", was_member }).text;
    expect(say(false)).toContain("Your application was approved");
    expect(say(true)).toContain("you are a member again");
    expect(say(true)).not.toContain("application");
  });

  test("a thank-you speaks of a donation only where there was one", () => {
    const { text } = compose("thank_you", {
      first_name: "Robin",
      base_subscription_cents: 100,
      donation_cents: 0,
      paid_at: "2027-03-01T23:30:00+00:00",
      payment_method: "stripe",
      current_term_end: null,
    });
    expect(text).toContain("Received by: Rainbow & Friends\nDate: March 1, 2027\nDues: $1.00\nPayment: Online\n\n");
    expect(text).toContain("yours for life");
    expect(text).not.toMatch(/donation|total|paid until|more than/i);
  });

  test("a thank-you to somebody who need not pay thanks for no dues", () => {
    const say = (donation_cents: number) =>
      compose("thank_you", {
        first_name: "Robin",
        base_subscription_cents: 0,
        donation_cents,
        paid_at: "2027-03-01T23:30:00+00:00",
        payment_method: "stripe",
        current_term_end: "2028-01-01T05:00:00+00:00",
      }).text;
    expect(say(0)).toContain("There is nothing to pay.");
    expect(say(0)).toContain("Valid until: December 31, 2027\n");
    expect(say(500)).toContain("even though you did not have to pay anything");
    expect(say(0)).not.toMatch(/received|date|payment/i);
    expect(say(500)).toContain("Date: March 1, 2027\nDonation: $5.00\nPayment: Online\n");
    expect(say(0) + say(500)).not.toContain("$0.00");
    expect(say(0) + say(500)).not.toMatch(/thank you for your dues/i);
  });

  test("a receipt says how it was paid, in whichever way that was", () => {
    const say = (payment_method: string, term_end: string | null = null) =>
      compose("payment_receipt", {
        first_name: "Robin",
        base_subscription_cents: payment_method === "complimentary" ? 0 : 6000,
        donation_cents: 0,
        paid_at: "2027-03-01T23:30:00+00:00",
        term_end,
        payment_method,
      }).text;
    for (const method of ["stripe", "cash", "cheque"]) expect(say(method)).toContain("Date: March 1, 2027\nDues: $");
    expect(say("stripe")).toContain("Received by: Rainbow & Friends\n");
    expect(say("stripe")).toContain("Payment: Online\n\n");
    expect(say("cash", "2028-02-29T12:00:00Z")).toContain("Payment: In cash\nPaid until: February 29, 2028\n");
    expect(say("cheque")).not.toMatch(/donation|total|until|more than/i);
    expect(say("complimentary", "2028-03-01T05:00:00Z")).toContain(
      "Date: March 1, 2027\nPayment: Complimentary\nValid until: February 29, 2028\n",
    );
    expect(say("complimentary")).not.toMatch(/thank you for your dues|received|until/i);
  });

  test("a donor who gave no name and no message is thanked all the same", () => {
    const { text, html } = compose("donation_receipt", {
      donor_name: null,
      amount_cents: 500,
      refunded_cents: 0,
      paid_at: "2027-03-01T23:30:00Z",
      payment_method: "stripe",
      message: null,
    });
    expect(text).toMatch(/^Hello,\n\nThank you for your donation/);
    expect(text).toContain("Donation: $5.00\nPayment: Online\n");
    expect(`${text}${html}`).not.toMatch(/null|your message|border-left|refunded since/i);
    const refund = { name: null, amount_cents: 500, refunded_at: "2027-03-01T23:30:00Z", what: "dues" };
    expect(compose("refund_notice", refund).text).toMatch(/^Hello,[\s\S]*Refunded: \$5\.00\nFor: Your dues\n/);
  });

  test("days and times are those of the organization's clock", () => {
    const around = (time_zone: string) => ({ organisation: { ...organisation, time_zone } });
    const receipt = { ...SAMPLES.donation_receipt.data, paid_at: "2026-12-31T23:30:00.000Z" };
    const received = (zone: string) => compose("donation_receipt", receipt, around(zone)).text;
    expect(received("America/Chicago")).toContain("Date: December 31, 2026\n");
    expect(received("Pacific/Auckland")).toContain("Date: January 1, 2027\n");

    const ending = { ...SAMPLES.term_ending.data, term_end: "2026-12-31T11:00:00.000Z" };
    const last = (zone: string) => compose("term_ending", ending, around(zone)).text;
    expect(last("Pacific/Auckland")).toContain("Ends: December 31, 2026\n");
    expect(last("Pacific/Pago_Pago")).toContain("Ends: December 30, 2026\n");
    expect(last("UTC")).toContain("Ends: December 31, 2026\n");

    const signed_in = (signed_in_at: string, zone: string) =>
      compose("new_sign_in", { ...SAMPLES.new_sign_in.data, signed_in_at }, around(zone)).text;
    expect(signed_in("2027-03-01T23:30:00Z", "America/New_York")).toContain("When: March 1, 2027 at 6:30 PM EST\n");
    expect(signed_in("2027-07-01T23:30:00Z", "America/New_York")).toContain("When: July 1, 2027 at 7:30 PM EDT\n");
    expect(signed_in("2027-03-01T23:30:00Z", "Asia/Kolkata")).toContain("When: March 2, 2027 at 5:00 AM GMT+5:30\n");
    expect(signed_in("2027-03-01T23:30:00Z", "UTC")).toContain("When: March 1, 2027 at 11:30 PM UTC\n");
  });

  test.each(["thank_you", "payment_receipt", "donation_receipt"] as const)(
    "%s has its number, and says of the organization what its settings say",
    (key) => {
      const said = {
        postal_address: "1 Example Street\r\nNew York, NY 10001",
        tax_id: "12-3456789",
        acknowledgement: "No goods or services were provided in exchange.\nWe are a public charity.",
      };
      const data = { ...SAMPLES[key].data, receipt_number: 1042 };
      const { text, html } = compose(key, data, { organisation: { ...organisation, ...said } });
      expect(text).toContain(
        "Receipt number: 1042\nReceived from: Robin Doe\nReceived by: Rainbow & Friends\nAddress: 1 Example Street, New York, NY 10001\nTax ID: 12-3456789\nDate: ",
      );
      expect(text).toContain("\n\nNo goods or services were provided in exchange.\n\nWe are a public charity.\n\n");
      expect(html).toContain("1 Example Street, New York, NY 10001");
      expect(compose(key, data).text).toContain(
        "Receipt number: 1042\nReceived from: Robin Doe\nReceived by: Rainbow & Friends\nDate: ",
      );
      expect(compose(key, data).text).not.toMatch(/address:|tax/i);
    },
  );

  test("dues alone are no gift, and a donation that went back is none any more", () => {
    const around = { organisation: { ...organisation, acknowledgement: "Nothing was given in return." } };
    const say = (key: TemplateKey, more: Record<string, unknown>) =>
      compose(key, { ...SAMPLES[key].data, ...more }, around).text;
    for (const key of ["thank_you", "payment_receipt"] as const) {
      expect(say(key, { donation_cents: 1 })).toContain("Nothing was given in return.");
      expect(say(key, { donation_cents: 0 })).not.toContain("Nothing was given in return.");
    }
    expect(say("donation_receipt", { refunded_cents: 123_450 })).not.toContain("Nothing was given in return.");
  });

  test.each(["thank_you", "payment_receipt", "donation_receipt"] as const)(
    "%s from before receipts had numbers is still sent, without one",
    (key) => expect(compose(key, SAMPLES[key].data).text).not.toContain("Receipt number"),
  );

  test("a cancelled membership has ended where no day is named", () => {
    const { text } = compose("membership_cancelled", { first_name: "Robin", ends_at: null });
    expect(text).toContain("was canceled and has ended.");
    expect(text).not.toContain("until");
  });

  test("a dispute without a day to answer by asks for no answer", () => {
    const { text } = compose("dispute_opened", { amount_cents: 500, payment_kind: "donation", respond_by: null });
    expect(text).toContain("Paid for: A donation\n\n");
    expect(text).toContain("You do not have to respond.");
    expect(text).not.toContain("Deadline");
  });

  test.each(["refund_undelivered", "dispute_opened"] as const)("%s says what it is called at Stripe", (key) => {
    expect(compose(key, { ...SAMPLES[key].data, stripe_id: "re_1" }).text).toContain("At Stripe: re_1\n");
  });

  test.each([
    [{ told: true }, "We told the payer that we will be in touch."],
    [{ told: false }, "The payer has not heard about this from us."],
    [{}, "The payer has not heard about this from us."],
  ])("a refund that failed is said to be known to whoever was told of it alone (%j)", (told, words) => {
    const { text } = compose("refund_undelivered", { amount_cents: 500, payment_kind: "dues", ...told });
    expect(text).toContain(words);
    expect(text.match(/[Tt]he payer/g)).toHaveLength(1);
  });

  test("whoever stays a member is told nothing of dues, which may be paused or not renew by themselves", () => {
    const { text } = compose("membership_continues", { first_name: "Robin" });
    expect(text).toContain("your membership continues as before.");
    expect(text).not.toMatch(/dues|collect/);
  });

  test("whoever wanted to give is not asked to sign in to pay again", () => {
    const { text } = compose("checkout_failed", { name: null, amount_cents: 500, what: "donation" });
    expect(text).toContain("Hello,\n\nYour bank did not complete the payment");
    expect(text).not.toMatch(/Sign in|http/);
  });

  test("an inquiry says that no money was taken back, and a dispute does not", () => {
    const say = (inquiry: boolean) => compose("dispute_opened", { ...SAMPLES.dispute_opened.data, inquiry });
    expect(say(true).text).toContain("no money was taken back");
    expect(say(true).text).not.toContain("is lost");
    expect(say(true).subject).not.toContain("dispute");
    expect(say(false).text).not.toContain("inquiry");
  });

  test("whoever lapsed with dues that Stripe still tries to collect is told to pay them, not to choose a plan", () => {
    const say = (overdue: boolean) => compose("membership_ended", { ...SAMPLES.membership_ended.data, overdue }).text;
    expect(say(true)).toContain("you can still pay them");
    expect(say(true)).not.toContain("choose what suits you");
    expect(say(false)).toContain("choose what suits you");
    expect(say(false)).not.toContain("billing portal");
  });

  test("a card of a brand that we do not know keeps the name that Stripe has for it", () => {
    const say = (card_brand: string) =>
      compose("card_expiring", { ...SAMPLES.card_expiring.data, card_brand, card_exp_month: 12 }).text;
    expect(say("amex")).toContain("Card: American Express, ending in 4242\nExpires: 12/2027\n");
    expect(say("girocard")).toContain("Card: girocard, ending in 4242\n");
  });

  test("a changed second factor is told of by what happened to it", () => {
    const say = (change: string) => compose("second_factor_changed", { first_name: "Robin", change }).text;
    expect(say("disabled")).toContain("your password alone");
    expect(say("recovery_codes_renewed")).toContain("new recovery codes");
    expect(say("reset")).toContain("by the people who run the platform");
    expect(compose("recovery_code_used", { first_name: "Robin", left: 0 }).text).toContain("That was your last one");
  });

  test("a payment prompt lists the plans in their order, and no table when there are none", () => {
    const { text } = compose("payment_prompt", SAMPLES.payment_prompt.data);
    expect(text).toContain(
      "Regular: $60.00 a year\nSmall: $5.50 a month\nFor life: $1,000.00 once, for life\nSeason: $40.00 until February 28\n",
    );
    const free = [
      { name: "Guest", price_cents: 0, billing_cycle: "yearly" },
      { name: "Season", price_cents: 0, billing_cycle: "custom", term_end_month: 2, term_end_day: 28 },
    ];
    expect(compose("payment_prompt", { first_name: "Robin", plans: free }).text).toContain(
      "Guest: Free\nSeason: Free until February 28\n",
    );
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

test("a mail says where to ask, once the organization has an address for that", () => {
  const letter = (contact_email: string | null) =>
    compose("approval", { first_name: "Robin" }, { organisation: { ...organisation, contact_email } });
  const { html, text } = letter("hello@example.org");
  expect(html).toContain("Questions? Write to hello@example.org.");
  expect(text).toMatch(/-- \nRainbow & Friends\nQuestions\? Write to hello@example\.org\.\n$/);
  expect(letter(null).html).not.toContain("Questions");
  expect(letter(null).text).toMatch(/-- \nRainbow & Friends\n$/);
});

test.each(["email_change_by_volunteer", "email_changed"] as const)("%s says to whom to object", (template) => {
  const letter = (contact_email: string | null) =>
    compose(template, { first_name: "Robin" }, { organisation: { ...organisation, contact_email } }).text;
  expect(letter("hello@example.org").replace(/\s+/g, " ")).toContain("tell us right away: write to hello@example.org.");
  expect(letter(null).replace(/\s+/g, " ")).toContain("tell us right away: reply to this email.");
});

test("a mail that goes out looks as the organisation's settings say at that moment", async () => {
  const outbox = outboxOfOwn(await ownPlatform());
  await outbox.settings({ name: "Loaf & Butter", primary_colour: "#00aa11" });
  const [email = ""] = await outbox.add(1);
  await outbox.send();
  const [mail, ...others] = await untilMails(email);
  expect(others).toEqual([]);
  expect(mail?.subject).toBe("Welcome to Loaf & Butter");
  expect(mail?.html).toContain("background:#00aa11");
  expect(mail?.html).toContain("Loaf &amp; Butter");
  expect(mail?.text).toContain("-- \nLoaf & Butter");
});
