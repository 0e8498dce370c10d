import * as z from "zod";
import { askJson, read } from "./ask.ts";
import { type Check, type Finding, given, notChecked, ok, type Surroundings, wrong } from "./check.ts";
import { domainOf, isSendgrid, senderDomain } from "./mail.ts";

const TXT = 16;
const NXDOMAIN = 3;
/** The JSON form of DNS over HTTPS, which Cloudflare and Google both speak. */
const Answer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional(),
});

/** The TXT records of a name. Undefined if the resolver does not answer. */
async function textsAt({ addresses }: Surroundings, name: string): Promise<string[] | undefined> {
  const reply = await askJson(`${addresses.dns}?name=${encodeURIComponent(name)}&type=TXT`, undefined, {
    headers: { Accept: "application/dns-json" },
  });
  const answer = read(Answer, reply);
  if (!answer || (answer.Status !== 0 && answer.Status !== NXDOMAIN)) return undefined;
  // Long records come in quoted pieces.
  return (answer.Answer ?? []).flatMap(({ type, data }) =>
    type === TXT ? [data.replace(/" "/g, "").replace(/^"|"$/g, "")] : [],
  );
}

const SILENT = notChecked("the resolver does not answer", "Try again, or set DNS_OVER_HTTPS_URL to another resolver.");

const needs = (seen: Surroundings) =>
  seen.target === "local"
    ? notChecked("the local mailbox has no domain")
    : given(seen, "MAIL_FROM_EMAIL", "MAIL_API_KEY").missing;

/** The names that the provider asked for. If it does not tell, those that it asks everybody for. */
async function recordNames(seen: Surroundings, kind: "spf" | "dkim"): Promise<string[]> {
  const domain = domainOf(seen.vars);
  const outcome = await senderDomain(seen).catch(() => undefined);
  const names = outcome && "known" in outcome ? outcome.known?.[kind] : undefined;
  if (names && names.length > 0) return names;
  if (kind === "dkim") return [`${isSendgrid(seen) ? "s1" : "resend"}._domainkey.${domain}`];
  return [isSendgrid(seen) ? domain : `send.${domain}`];
}

/** A check that each name has a record that fits. */
const records = (kind: "spf" | "dkim", fits: (text: string) => boolean, mend: string): Check => ({
  name: `mail: ${kind.toUpperCase()}`,
  async run(seen) {
    const missing = needs(seen);
    if (missing) return missing;
    const findings: Finding[] = [];
    for (const name of await recordNames(seen, kind)) {
      const texts = await textsAt(seen, name);
      if (!texts) findings.push(SILENT);
      else if (!texts.some(fits)) findings.push(wrong(`${name} has no ${kind.toUpperCase()} record`, mend));
      else if (kind === "spf" && texts.filter(fits).length > 1)
        findings.push(wrong(`${name} has two SPF records, so neither counts`, "Merge them into one TXT record."));
      else findings.push(ok(`${name} has one`));
    }
    const faults = findings.filter(({ state }) => state !== "ok");
    return faults.length > 0 ? faults : findings;
  },
});

export const spf = records(
  "spf",
  (text) => /^v=spf1( |$)/i.test(text),
  "Add the TXT record that the provider shows, or receivers may reject our email.",
);

export const dkim = records(
  "dkim",
  (text) => /(^|;)\s*p=[\w+/=]+/.test(text),
  "Add the record that the provider shows, or nobody can tell our email from a forgery.",
);

export const dmarc: Check = {
  name: "mail: DMARC",
  async run(seen) {
    const missing = needs(seen);
    if (missing) return missing;
    const labels = domainOf(seen.vars).split(".");
    // A parent domain's policy also covers the domains below it.
    const names = labels.slice(0, -1).map((_, from) => `_dmarc.${labels.slice(from).join(".")}`);
    for (const name of names) {
      const texts = await textsAt(seen, name);
      if (!texts) return SILENT;
      const policy = texts.find((text) => /^v=DMARC1/i.test(text));
      if (!policy) continue;
      const [, chosen = ""] = /;\s*p=(\w+)/i.exec(policy) ?? [];
      if (!/^(none|quarantine|reject)$/i.test(chosen))
        return wrong(`${name} names no policy`, 'Add "p=quarantine" to the record, or "p=none" to only watch.');
      return ok(`${name} says ${chosen}`);
    }
    return wrong(
      `_dmarc.${domainOf(seen.vars)} has no DMARC record`,
      'Add a TXT record "v=DMARC1; p=none; rua=mailto:you@…" there. Gmail and Yahoo require it from bulk senders.',
    );
  },
};
