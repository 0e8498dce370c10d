import * as z from "zod";
import { askJson, type Reply, read } from "./ask.ts";
import { type Check, type Finding, given, notChecked, ok, type Surroundings, wrong } from "./check.ts";

/** What a provider knows of the domain that we send from. */
export interface SenderDomain {
  verified: boolean;
  /** Names of the DNS records that it asked for. */
  spf: string[];
  dkim: string[];
  /** Null if it does not say. */
  tracks: boolean | null;
  id: string;
}

export type Known<T> = { known: T } | { finding: Finding };

export const domainOf = (vars: Record<string, string>) => (vars.MAIL_FROM_EMAIL ?? "").split("@").at(-1) ?? "";

const LOCAL = notChecked("the local mailbox takes every email");

/** https://resend.com/docs/api-reference/errors */
const ResendError = z.object({ name: z.string() });

/**
 * Why a provider does not answer. A key that may only send is a good key, so nothing is wrong then. Resend says by name which
 * it is; SendGrid answers 401 for an unknown key and 403 for one that may not ask.
 */
export function unanswered({ status, body }: Reply): Finding {
  if (status === 403 || status === 401) {
    const { data: error } = ResendError.safeParse(body);
    if (error ? error.name !== "restricted_api_key" : status === 401)
      return wrong(
        "the provider does not know MAIL_API_KEY",
        "Make a new key there, and run npm run setup:production.",
      );
    return notChecked(
      "MAIL_API_KEY may only send",
      "Send a test email (npm run deploy does), or give only the doctor a key with full access.",
    );
  }
  return wrong(`the provider answers ${status}`, "Look at the provider's status page, and try again.");
}

const ResendDomains = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });
/** https://resend.com/docs/api-reference/domains/get-domain */
const ResendDomain = z.object({
  id: z.string(),
  status: z.string(),
  open_tracking: z.boolean().optional(),
  click_tracking: z.boolean().optional(),
  records: z.array(z.object({ record: z.string(), name: z.string(), type: z.string() })).default([]),
});

const SendgridDns = z.object({ host: z.string() });
/** https://www.twilio.com/docs/sendgrid/api-reference/domain-authentication */
const SendgridDomains = z.array(
  z.object({
    id: z.union([z.number(), z.string()]).transform(String),
    domain: z.string(),
    valid: z.boolean(),
    dns: z.object({ mail_cname: SendgridDns.optional(), dkim1: SendgridDns.optional(), dkim2: SendgridDns.optional() }),
  }),
);

const ask = ({ vars, addresses }: Surroundings, path: string) => askJson(`${addresses.mail}${path}`, vars.MAIL_API_KEY);
export const isSendgrid = ({ vars }: Surroundings) => vars.MAIL_PROVIDER === "sendgrid";

const asked = new WeakMap<Surroundings, Promise<Known<SenderDomain | undefined>>>();

/**
 * The provider's own view. `known: undefined` if it has no such domain. Several checks want it, and Resend answers 5 requests a
 * second, so we ask once.
 */
export function senderDomain(seen: Surroundings): Promise<Known<SenderDomain | undefined>> {
  const domain = domainOf(seen.vars);
  const answer = asked.get(seen) ?? (isSendgrid(seen) ? fromSendgrid(seen, domain) : fromResend(seen, domain));
  asked.set(seen, answer);
  return answer;
}

async function fromResend(seen: Surroundings, domain: string): Promise<Known<SenderDomain | undefined>> {
  const list = await ask(seen, "/domains");
  const domains = read(ResendDomains, list);
  if (!domains) return { finding: unanswered(list) };
  const named = domains.data.find(({ name }) => name === domain);
  if (!named) return { known: undefined };
  const reply = await ask(seen, `/domains/${encodeURIComponent(named.id)}`);
  const found = read(ResendDomain, reply);
  if (!found) return { finding: unanswered(reply) };
  const { open_tracking, click_tracking, records } = found;
  // Names stand without the domain.
  const names = (kind: string, fallback: string) => {
    const known = records.filter(({ record, type }) => record === kind && type !== "MX").map(({ name }) => name);
    return (known.length > 0 ? known : [fallback]).map((name) => (name.endsWith(domain) ? name : `${name}.${domain}`));
  };
  return {
    known: {
      id: found.id,
      verified: found.status === "verified",
      spf: names("SPF", "send"),
      dkim: names("DKIM", "resend._domainkey"),
      tracks: open_tracking === undefined && click_tracking === undefined ? null : !!open_tracking || !!click_tracking,
    },
  };
}

async function fromSendgrid(seen: Surroundings, domain: string): Promise<Known<SenderDomain | undefined>> {
  const reply = await ask(seen, `/v3/whitelabel/domains?domain=${encodeURIComponent(domain)}`);
  const domains = read(SendgridDomains, reply);
  if (!domains) return { finding: unanswered(reply) };
  const found = domains.find((each) => each.domain === domain);
  if (!found) return { known: undefined };
  const { mail_cname, dkim1, dkim2 } = found.dns;
  const Enabled = z.object({ enabled: z.boolean() });
  const tracking = await Promise.all(
    ["open", "click"].map(async (kind) => read(Enabled, await ask(seen, `/v3/tracking_settings/${kind}`))),
  );
  return {
    known: {
      id: found.id,
      verified: found.valid,
      spf: mail_cname ? [mail_cname.host] : [],
      dkim: [dkim1, dkim2].flatMap((record) => record?.host ?? []),
      tracks: tracking.includes(undefined) ? null : tracking.some((each) => each?.enabled),
    },
  };
}

const needs = (seen: Surroundings) =>
  seen.target === "local" ? LOCAL : given(seen, "MAIL_API_KEY", "MAIL_FROM_EMAIL").missing;

export const domain: Check = {
  name: "mail: domain",
  async run(seen) {
    const missing = needs(seen);
    if (missing) return missing;
    const name = domainOf(seen.vars);
    const outcome = await senderDomain(seen);
    if ("finding" in outcome) return outcome.finding;
    if (!outcome.known) return wrong(`the provider does not know ${name}`, "Add the domain of MAIL_FROM_EMAIL there.");
    if (outcome.known.verified) return ok(`${name} is verified`);
    return wrong(`${name} is not verified`, "Add the DNS records that the provider shows, and let it check them.");
  },
};

export const tracking: Check = {
  name: "mail: tracking",
  async run(seen) {
    const missing = needs(seen);
    if (missing) return missing;
    const outcome = await senderDomain(seen);
    if ("finding" in outcome) return outcome.finding;
    const tracks = outcome.known?.tracks ?? null;
    if (tracks === null)
      return notChecked("the provider does not say", "See in its dashboard that opens and clicks are not tracked.");
    if (!tracks) return ok("opens and clicks are not tracked");
    return wrong(
      "opens or clicks are tracked",
      "Turn both off: otherwise links lead through the provider, which sees who reads what.",
    );
  },
};

const ResendWebhooks = z.object({
  data: z.array(z.object({ endpoint: z.string(), events: z.array(z.string()).nullable(), status: z.string() })),
});
const SendgridWebhooks = z.object({
  webhooks: z.array(z.looseObject({ url: z.string().nullable(), enabled: z.boolean() })),
});

/** What the platform acts on: docs/mail.md. */
const RESEND_EVENTS = ["email.delivered", "email.bounced", "email.complained", "email.suppressed", "email.failed"];
const SENDGRID_EVENTS = ["delivered", "bounce", "spam_report", "dropped"];

export const feedback: Check = {
  name: "mail: webhook",
  async run(seen) {
    const missing = needs(seen) ?? given(seen, "API_URL").missing;
    if (missing) return missing;
    const address = `${(seen.vars.API_URL ?? "").replace(/\/+$/, "")}/api/webhooks/email`;
    const reply = await ask(seen, isSendgrid(seen) ? "/v3/user/webhooks/event/settings/all" : "/webhooks");
    const hooks = isSendgrid(seen) ? sendgridHooks(reply) : resendHooks(reply);
    if (!hooks) return unanswered(reply);
    const ours = hooks.find(({ url }) => url === address);
    if (!ours) return wrong(`no webhook sends to ${address}`, "Add it at the provider: docs/deploying.md, Email.");
    if (!ours.enabled) return wrong("the webhook is turned off", "Turn it on at the provider.");
    if (ours.missing.length > 0)
      return wrong(`the webhook does not send ${ours.missing.join(", ")}`, "Choose these events at the provider.");
    return ok(`sends to ${address}`);
  },
};

/**
 * Whether we can take an address off the provider's list of those that it skips. At Resend, a member whose mail bounced once
 * gets no link for a new password before that. SendGrid sends such mails all the same.
 */
export const unlisting: Check = {
  name: "mail: skipped addresses",
  async run(seen) {
    const missing = needs(seen);
    if (missing) return missing;
    const { status } = await ask(seen, isSendgrid(seen) ? "/v3/suppression/bounces?limit=1" : "/suppressions?limit=1");
    if (status === 200) return ok("we can take an address off the provider's list");
    return notChecked(
      `the provider answers ${status} for its list of addresses that it skips`,
      "Give the Worker a key that may change the list, or take addresses off by hand: docs/mail.md, Suppression.",
    );
  },
};

interface Hook {
  url: string | null;
  enabled: boolean;
  missing: string[];
}

const resendHooks = (reply: Reply): Hook[] | undefined =>
  read(ResendWebhooks, reply)?.data.map(({ endpoint, events, status }) => ({
    url: endpoint,
    enabled: status === "enabled",
    missing: RESEND_EVENTS.filter((event) => !events?.includes(event)),
  }));

const sendgridHooks = (reply: Reply): Hook[] | undefined =>
  read(SendgridWebhooks, reply)?.webhooks.map((hook) => ({
    url: hook.url,
    enabled: hook.enabled,
    missing: SENDGRID_EVENTS.filter((event) => hook[event] !== true),
  }));
