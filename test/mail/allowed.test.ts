import { expect, test } from "vitest";
import { readSettings } from "../../src/env.ts";
import { outboxOfOwn } from "../harness/own-mails.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { settings } from "../harness/platform.ts";

const STAGING = { ENVIRONMENT: "staging", SECOND_FACTOR_KEY: "tests-only-".padEnd(32, "0") };

test.for([
  [
    "only to whom it allows",
    { MAIL_ALLOWED: "Kim@LOAF.test, @team.example.org" },
    ["sent", "withheld", "sent", "withheld"],
  ],
  ["to nobody, if it allows nobody", {}, ["withheld", "withheld", "withheld", "withheld"]],
] as const)("staging sends %s", async ([, allowed, expected]) => {
  const platform = await ownPlatform({ ...STAGING, ...allowed });
  const outbox = outboxOfOwn(platform);
  const id = crypto.randomUUID();
  // The allowed address gets a mark, so that the shared mailbox does not mix it up with others'.
  const addresses = ["kim@loaf.test", `${id}@loaf.test`, `${id}@Team.example.org`, `${id}@not.team.example.org`];
  for (const to_email of addresses)
    await platform.insert("emails", { template: "approval", to_email, data: '{"first_name": "Robin"}' });
  await outbox.send();
  const rows = await outbox.untilDone();
  expect(rows.map(({ status }) => status)).toEqual(expected);
  for (const { status, last_error, attempts } of rows)
    expect([last_error, attempts]).toEqual(status === "sent" ? [null, 1] : ["not_allowed_here", 0]);
  expect(await outbox.received(addresses.slice(1))).toEqual(
    expected.slice(1).map((status) => (status === "sent" ? 1 : 0)),
  );
});

test("other environments send to everybody, unless they say otherwise, and what is no address is refused", () => {
  const given = {
    ...settings,
    STRIPE_WEBHOOK_SECRET: "whsec",
    CORS_ORIGINS: "",
    MAIL_WEBHOOK_SECRET: "",
    MAIL_ALLOWED: "",
  };
  expect(readSettings({ ...given }).MAIL_ALLOWED).toBeUndefined();
  expect(readSettings({ ...given, MAIL_ALLOWED: "a@b.org , @C.org," }).MAIL_ALLOWED).toEqual(["a@b.org", "@c.org"]);
  expect(() => readSettings({ ...given, MAIL_ALLOWED: "everybody" })).toThrow(
    "MAIL_ALLOWED must list addresses, or domains such as @example.org, separated by commas",
  );
});
