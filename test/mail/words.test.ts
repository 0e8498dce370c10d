import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Template } from "../../src/mail/letter.ts";
import { TEMPLATES } from "../../src/mail/templates.ts";
import { localeOf, placeholdersIn, speaker, whatIsWrongWith } from "../../src/mail/words.ts";
import { contrast, lookOf } from "../../src/organisation/look.ts";
import { compose, organisation, SAMPLES } from "./samples.ts";

describe.each(Object.entries<Template>(TEMPLATES))("the template %s", (key, { words }) => {
  test("has all its words in its dictionary: changed ones show, and no others are left", () => {
    const marked = Object.fromEntries(
      Object.entries(words).map(([name, text]) => [
        name,
        placeholdersIn(text)
          .map((placeholder) => `{${placeholder}}`)
          .join("¶"),
      ]),
    );
    const { subject, ...texts } = marked;
    const { blocks } = compose(key as keyof typeof SAMPLES, SAMPLES[key as keyof typeof SAMPLES].data, {
      changed: { key, subject: subject ?? null, texts },
    });
    for (const name of Object.keys(words)) expect(blocks).not.toContain(words[name]);
  });
});

test("a text that no longer has what its mail must say is not used", () => {
  const words = { by_when: "The link works for {lifetime}." };
  const say = speaker(words, {}, { by_when: "Hurry up." });
  expect(say("by_when", { lifetime: "1 hour" })).toBe("The link works for 1 hour.");
});

test("words fit as long as they have their placeholders, with the name and the organization as one likes", () => {
  const words = { greeting: "Hi {first_name},", by_when: "For {lifetime}." };
  const wrong = (text: string) => whatIsWrongWith(text, words.by_when, words);
  expect(wrong("{lifetime}, {first_name} of {organization}")).toBeNull();
  expect(wrong("{lifetime} {more}")).toBe("must not contain {more}: this email knows no such value");
  expect(wrong("Soon.")).toBe("must contain {lifetime}");
  expect(whatIsWrongWith("Hello,", words.greeting, words)).toBeNull();
});

test("a language without words of its own gets English ones, with English dates", () => {
  expect(localeOf("es")).toBe("en");
  expect(localeOf(null)).toBe("en");
  expect(localeOf("constructor")).toBe("en");
});

test("times are on the clock of whoever reads, days of receipts and terms on the organization's, events on their own", () => {
  const there = { time_zone: "Europe/Paris" };
  expect(compose("new_sign_in", SAMPLES.new_sign_in.data, there).text).toContain("March 2, 2027 at 12:30 AM GMT+1");
  expect(compose("payment_receipt", SAMPLES.payment_receipt.data, there).text).toContain("Date: March 1, 2027\n");
  expect(compose("event_confirmed", SAMPLES.event_confirmed.data, there).text).toContain(
    "March 1, 2027 at 6:30 PM EST",
  );
});

test("whatever colors an organization has, by day and by night people can read all that mails and pages say, and see their lines", () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(color, color, (primary_colour, accent_colour) => {
      const looks = lookOf({ primary_colour, accent_colour });
      for (const { ground, card, text, muted, heading, button, ink, accent } of Object.values(looks)) {
        expect(contrast(accent, card), `${accent_colour}: ${accent} on ${card}`).toBeGreaterThanOrEqual(3);
        for (const [one, other] of [
          ...[text, muted, heading].flatMap((words) => [[words, card] as const, [words, ground] as const]),
          [ink, button] as const,
        ])
          expect(contrast(one, other), `${primary_colour}: ${one} on ${other}`).toBeGreaterThanOrEqual(4.5);
      }
    }),
    {
      numRuns: 500,
      examples: [
        ["#ffffff", "#ffffff"],
        ["#221c28", "#221c28"],
        ["#000000", "#000000"],
      ],
    },
  );
});

test("a color that shows on both grounds stays what the organization chose", () => {
  const accent_colour = "#e4572e";
  const { light, dark } = lookOf({ ...organisation, accent_colour });
  expect([light.accent, dark.accent]).toEqual([accent_colour, accent_colour]);
});
