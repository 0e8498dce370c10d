import { REQUIRED_SECRETS } from "../../../cli/doctor/cloudflare.ts";
import type { Scene } from "./stand-in.ts";

/** What DNS over HTTPS answers: the texts of these names. */
export const dns = (texts: Record<string, string[]>): Scene =>
  Object.fromEntries(
    Object.entries(texts).map(([name, records]) => [
      `/dns?name=${encodeURIComponent(name)}&type=TXT`,
      { Status: 0, Answer: records.map((data) => ({ name, type: 16, data: `"${data}"` })) },
    ]),
  );
export const NAMES = { Status: 3 };

/** A domain that Resend has verified. */
export const detail = (change: object = {}) => ({
  id: "d1",
  name: "loaf.example",
  status: "verified",
  open_tracking: false,
  click_tracking: false,
  records: [
    { record: "SPF", name: "send", type: "MX" },
    { record: "SPF", name: "send", type: "TXT" },
    { record: "DKIM", name: "resend._domainkey", type: "TXT" },
  ],
  ...change,
});
export const webhook = (change: object = {}) => ({
  data: [
    {
      id: "w1",
      endpoint: "https://api.loaf.example/api/webhooks/email",
      events: ["email.delivered", "email.bounced", "email.complained", "email.suppressed", "email.failed"],
      status: "enabled",
      ...change,
    },
  ],
});

/** A domain and its records as they should be. */
export const RESEND: Scene = {
  "/domains": { data: [{ id: "d1", name: "loaf.example" }] },
  "/domains/d1": detail(),
  "/webhooks": webhook(),
  "/suppressions": { object: "list", has_more: false, data: [] },
  "/dns": NAMES,
  ...dns({
    "send.loaf.example": ["v=spf1 include:amazonses.com ~all"],
    "resend._domainkey.loaf.example": ['k=rsa; p=MIGf" "MA0G'],
    "_dmarc.loaf.example": ["v=DMARC1; p=quarantine"],
  }),
};

/** What Cloudflare's API answers. */
export const result = (of: unknown) => ({ success: true, errors: [], messages: [], result: of });
export const AT = "/accounts/acc";
export const SCRIPT = `${AT}/workers/scripts/loaf-api-production`;
export const bucket = (name: string, open: { dev?: boolean; domain?: string } = {}): Scene => ({
  [`${AT}/r2/buckets/${name}`]: result({ name }),
  [`${AT}/r2/buckets/${name}/domains/managed`]: result({ enabled: open.dev ?? false, domain: "x.r2.dev" }),
  [`${AT}/r2/buckets/${name}/domains/custom`]: result({
    domains: open.domain ? [{ domain: open.domain, enabled: true }] : [],
  }),
});
export const bindings = (...names: string[]) =>
  result({ bindings: [{ type: "images", name: "IMAGES" }, ...names.map((name) => ({ type: "secret_text", name }))] });

/** An account as it should be. */
export const CLOUDFLARE: Scene = {
  ...bucket("loaf-photos"),
  ...bucket("loaf-public", { domain: "files.loaf.example" }),
  [`${AT}/queues`]: result([{ queue_name: "loaf-doorbell", consumers: [{ script: "loaf-api-production" }] }]),
  [`${SCRIPT}/schedules`]: result({ schedules: [{ cron: "17 * * * *" }, { cron: "20 3 * * *" }] }),
  [`${SCRIPT}/settings`]: bindings(...REQUIRED_SECRETS, "MAIL_WEBHOOK_SECRET"),
};
