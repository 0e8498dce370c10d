import * as fc from "fast-check";
import { expect, test } from "vitest";
import { composeMail } from "../../src/mail/compose.ts";
import { hasWord, senderName } from "../../src/mail/discreet.ts";
import { TEMPLATES, type TemplateKey } from "../../src/mail/templates.ts";
import { settings } from "../harness/platform.ts";
import { compose, organisation, SAMPLES } from "./samples.ts";

const keys = Object.keys(TEMPLATES) as TemplateKey[];

/** What a mail may be about, so that words of it can be sensitive. */
const wordsOf = (key: TemplateKey) => {
  const { subject, preheader } = compose(key, SAMPLES[key].data, {
    organisation: { ...organisation, sensitive_words: [] },
  });
  return `${subject} ${preheader}`
    .toLowerCase()
    .split(/[^\p{L}\p{N}']+/u)
    .filter(Boolean);
};

const WORDS = new Map(keys.map((key) => [key, wordsOf(key)]));

test("no sender, subject or preview holds a sensitive word, whichever words and whichever mail it is", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...keys).chain((key) =>
        fc.record({
          key: fc.constant(key),
          sensitive_words: fc.array(
            fc.oneof(
              fc.constantFrom(...(WORDS.get(key) ?? []), "a", "message", "from", "open", "you", "this email"),
              fc.stringMatching(/^[a-zé+*.-]{1,12}$/),
            ),
            { minLength: 1, maxLength: 8 },
          ),
          name: fc.constantFrom("LOAF", "Queer & Proud", "Gay Men's Chorus", "A"),
          said: fc.string({ maxLength: 40 }),
        }),
      ),
      ({ key, sensitive_words, name, said }) => {
        const around = { ...organisation, name, discreet_mails: true, sensitive_words };
        const data = { ...SAMPLES[key].data, ...(key === "event_message" && { subject: said || "x" }) };
        const { subject, preheader } = composeMail(TEMPLATES[key], data, { settings, organisation: around });
        for (const seen of [subject, preheader]) {
          expect(seen).not.toBe("");
          expect(hasWord(seen, sensitive_words), `${seen} has one of ${sensitive_words}`).toBe(false);
        }
        const sender = senderName({ ...settings, MAIL_FROM_NAME: "Pride" }, around);
        if (sender !== settings.MAIL_FROM_EMAIL) expect(hasWord(sender, sensitive_words)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ["Pride picnic", true],
  ["PRIDE!", true],
  ["prides", true],
  ["Ｐｒｉｄｅ", true],
  ["pr\u00adide", true],
  ["apprides", false],
  ["A transfer", false],
  ["trans-inclusive", true],
  ["our  trans  friends", true],
])("a word counts as a whole word, however it is written: %s", (text, found) => {
  expect(hasWord(text, ["pride", "trans"])).toBe(found);
});

test("the subject that a volunteer types gives way to a neutral one, unless mails need not be discreet", () => {
  const data = { ...SAMPLES.event_message.data, subject: "Our queer picnic" };
  expect(compose("event_message", data).subject).toBe("A message from Rainbow & Friends");
  const open = { organisation: { ...organisation, discreet_mails: false } };
  expect(compose("event_message", data, open).subject).toBe("Our queer picnic");
  const telling = { organisation: { ...organisation, name: "Queer & Friends" } };
  expect(compose("event_message", data, telling).subject).toBe("A message for you");
  expect(compose("approval", SAMPLES.approval.data, telling).subject).toBe("A message for you");
});

test("the sender is who the settings name, then the organization, then the address alone", () => {
  const named = (MAIL_FROM_NAME: string, name: string) =>
    senderName({ ...settings, MAIL_FROM_NAME }, { ...organisation, name });
  expect(named("Trans Chorus", "Chorus")).toBe("Chorus");
  expect(named("Chorus", "Trans Chorus")).toBe("Chorus");
  expect(named("Trans Chorus", "Gay Chorus")).toBe(settings.MAIL_FROM_EMAIL);
  expect(senderName({ ...settings, MAIL_FROM_NAME: "Gay Chorus" }, { ...organisation, discreet_mails: false })).toBe(
    "Gay Chorus",
  );
});
