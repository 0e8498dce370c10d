import { describe, expect, test } from "vitest";
import type { Check } from "../../../cli/doctor/check.ts";
import { domain, feedback, tracking, unlisting } from "../../../cli/doctor/mail.ts";
import { dkim, dmarc, spf } from "../../../cli/doctor/mail-dns.ts";
import { detail, dns, NAMES, RESEND, webhook } from "./scenes.ts";
import { Answering, linesOf, type Scene, seeing, standIn } from "./stand-in.ts";

const look = async (check: Check, scene: Scene, vars: Record<string, string> = {}, all: Scene = RESEND) => {
  const server = await standIn({ ...all, ...scene });
  const seen = seeing({}, vars);
  return linesOf(check, { ...seen, addresses: { ...seen.addresses, mail: server, dns: `${server}/dns` } });
};

const EVERY = [domain, spf, dkim, dmarc, tracking, feedback, unlisting];

test("a correct domain passes", async () => {
  for (const check of EVERY) expect(await look(check, {})).toEqual([["ok", expect.any(String)]]);
});

test.each<[string, Check, Scene, string]>([
  [
    "the provider does not know the domain",
    domain,
    { "/domains": { data: [] } },
    "the provider does not know loaf.example",
  ],
  ["it is not verified", domain, { "/domains/d1": detail({ status: "pending" }) }, "loaf.example is not verified"],
  ["the provider fails", domain, { "/domains": new Answering(500) }, "the provider answers 500"],
  ["SPF is missing", spf, dns({ "send.loaf.example": ["something else"] }), "send.loaf.example has no SPF record"],
  [
    "SPF is there twice",
    spf,
    dns({ "send.loaf.example": ["v=spf1 -all", "v=spf1 ~all"] }),
    "send.loaf.example has two SPF records, so neither counts",
  ],
  [
    "DKIM was revoked",
    dkim,
    dns({ "resend._domainkey.loaf.example": ["k=rsa; p="] }),
    "resend._domainkey.loaf.example has no DKIM record",
  ],
  ["DMARC is missing", dmarc, dns({ "_dmarc.loaf.example": [] }), "_dmarc.loaf.example has no DMARC record"],
  [
    "DMARC names no policy",
    dmarc,
    dns({ "_dmarc.loaf.example": ["v=DMARC1; rua=x"] }),
    "_dmarc.loaf.example names no policy",
  ],
  ["clicks are tracked", tracking, { "/domains/d1": detail({ click_tracking: true }) }, "opens or clicks are tracked"],
  [
    "there is no webhook",
    feedback,
    { "/webhooks": webhook({ endpoint: "https://elsewhere.example" }) },
    "no webhook sends to https://api.loaf.example/api/webhooks/email",
  ],
  ["the webhook is off", feedback, { "/webhooks": webhook({ status: "disabled" }) }, "the webhook is turned off"],
  [
    "the webhook leaves events out",
    feedback,
    { "/webhooks": webhook({ events: ["email.delivered"] }) },
    "the webhook does not send email.bounced, email.complained, email.suppressed, email.failed",
  ],
])("it says that %s", async (_, check, scene, about) => {
  expect(await look(check, scene)).toEqual([["wrong", about]]);
});

test("a key that may only send leaves DNS to be looked at", async () => {
  const refusal = new Answering(401, { name: "restricted_api_key" });
  const restricted = { "/domains": refusal, "/webhooks": refusal, "/suppressions": refusal };
  for (const check of [domain, tracking, feedback, unlisting])
    expect(await look(check, restricted)).toEqual([["not checked", expect.any(String)]]);
  for (const check of [spf, dkim, dmarc]) expect(await look(check, restricted)).toEqual([["ok", expect.any(String)]]);
});

test("a key that the provider does not know is wrong", async () => {
  const unknown = new Answering(403, { name: "invalid_api_key" });
  expect(await look(domain, { "/domains": unknown })).toEqual([["wrong", "the provider does not know MAIL_API_KEY"]]);
});

test("a resolver that does not answer proves nothing", async () => {
  for (const check of [spf, dkim, dmarc])
    expect(await look(check, { ...dns({ "send.loaf.example": [] }), ...silent })).toEqual([
      ["not checked", "the resolver does not answer"],
    ]);
});
const silent: Scene = Object.fromEntries(
  Object.keys(RESEND).flatMap((path) => (path.startsWith("/dns") ? [[path, new Answering(502)]] : [])),
);

describe("at SendGrid", () => {
  const SENDGRID: Scene = {
    "/v3/whitelabel/domains": [
      {
        id: 7,
        domain: "loaf.example",
        valid: true,
        dns: { mail_cname: { host: "em7.loaf.example" }, dkim1: { host: "s1._domainkey.loaf.example" } },
      },
    ],
    "/v3/tracking_settings/open": { enabled: false },
    "/v3/tracking_settings/click": { enabled: false },
    "/v3/user/webhooks/event/settings/all": {
      webhooks: [
        {
          url: "https://api.loaf.example/api/webhooks/email",
          enabled: true,
          delivered: true,
          bounce: true,
          spam_report: true,
          dropped: true,
        },
      ],
    },
    "/v3/suppression/bounces": [],
    "/dns": NAMES,
    ...dns({
      "em7.loaf.example": ["v=spf1 include:sendgrid.net ~all"],
      "s1._domainkey.loaf.example": ["p=MIGf"],
      "_dmarc.loaf.example": ["v=DMARC1; p=none"],
    }),
  };
  const there = (check: Check, scene: Scene) => look(check, scene, { MAIL_PROVIDER: "sendgrid" }, SENDGRID);

  test("a correct domain passes", async () => {
    for (const check of EVERY) expect(await there(check, {})).toEqual([["ok", expect.any(String)]]);
  });

  test("tracking and missing events are noticed", async () => {
    expect(await there(tracking, { "/v3/tracking_settings/open": { enabled: true } })).toEqual([
      ["wrong", "opens or clicks are tracked"],
    ]);
    const hook = { url: "https://api.loaf.example/api/webhooks/email", enabled: true, delivered: true, bounce: true };
    expect(await there(feedback, { "/v3/user/webhooks/event/settings/all": { webhooks: [hook] } })).toEqual([
      ["wrong", "the webhook does not send spam_report, dropped"],
    ]);
  });
});
