import * as z from "zod";
import { askJson, cloudflareResult, type Reply, read } from "./ask.ts";
import { type Check, type Finding, notChecked, ok, type Surroundings, wrong } from "./check.ts";

/** Cloudflare's REST API. Without a token, each check says what it did not look at. */
export type Cloudflare = (path: string) => Promise<Reply>;

type Look = (seen: Surroundings, ask: Cloudflare) => Promise<Finding | Finding[]>;

export const atCloudflare = (name: string, subject: string, look: Look): Check => ({
  name,
  async run(seen) {
    const { target, cloudflare, addresses } = seen;
    if (target === "local") return notChecked(`the local stack has no ${subject} at Cloudflare`);
    if (!cloudflare)
      return notChecked(
        `there is no token to ask for the ${subject}`,
        "Set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID: docs/deploying.md, Cloudflare.",
      );
    const { account, token } = cloudflare;
    return look(seen, (path) =>
      askJson(`${addresses.cloudflare}/accounts/${encodeURIComponent(account)}${path}`, token),
    );
  },
});

/** Why the answer does not help. `right` is what the token needs for the question. */
export function refusal({ status }: Reply, right: string): Finding {
  if (status === 401 || status === 403 || status === 400)
    return notChecked(`CLOUDFLARE_API_TOKEN may not ask (${status})`, `Give it the right "${right}".`);
  return wrong(`Cloudflare answers ${status}`, "Look at cloudflarestatus.com, and try again.");
}

const SETUP = (target: string) => `Run npm run setup:production -- --env ${target}, which makes it.`;
const STORAGE = "Workers R2 Storage: Read";
const SCRIPTS = "Workers Scripts: Read";

const Domains = cloudflareResult(
  z.object({ domains: z.array(z.object({ domain: z.string(), enabled: z.boolean() })) }),
);
const Managed = cloudflareResult(z.object({ enabled: z.boolean() }));
const Bucket = cloudflareResult(z.object({ name: z.string() }));

export const buckets = atCloudflare("r2: buckets", "buckets", async ({ worker, target, vars }, ask) => {
  const findings = await Promise.all(
    worker.buckets.map(async ({ binding, bucket_name }): Promise<Finding> => {
      const path = `/r2/buckets/${bucket_name}`;
      const reply = await ask(path);
      if (reply.status === 404) return wrong(`there is no bucket ${bucket_name}`, SETUP(target));
      if (!read(Bucket, reply)) return refusal(reply, STORAGE);
      const [managed, custom] = [await ask(`${path}/domains/managed`), await ask(`${path}/domains/custom`)];
      const [dev, domains] = [read(Managed, managed)?.result, read(Domains, custom)?.result.domains];
      if (!dev || !domains) return refusal(dev ? custom : managed, STORAGE);
      const open = [
        ...(dev.enabled ? ["r2.dev"] : []),
        ...domains.flatMap((each) => (each.enabled ? each.domain : [])),
      ];
      if (binding === "PHOTOS" && open.length > 0)
        return wrong(
          `${bucket_name} is public at ${open[0]}: everybody can open photos of people`,
          "Remove its public access now, in Cloudflare's dashboard: R2, the bucket, Settings.",
        );
      const named = URL.parse(vars.R2_PUBLIC_URL ?? "")?.hostname;
      if (binding === "PUBLIC_FILES" && named && !named.endsWith(".r2.dev") && !open.includes(named))
        return wrong(
          `${bucket_name} is not public at ${named}`,
          "Connect the domain to the bucket, or unset R2_PUBLIC_URL.",
        );
      return ok(`${bucket_name} ${open.length > 0 ? `is public at ${open[0]}` : "is private"}`);
    }),
  );
  const faults = findings.filter(({ state }) => state !== "ok");
  return faults.length > 0 ? faults : findings;
});

const Queues = cloudflareResult(
  z.array(
    z.object({
      queue_name: z.string(),
      producers_total_count: z.number().optional(),
      consumers: z
        .array(
          z.looseObject({
            script: z.string().optional(),
            script_name: z.string().optional(),
            service: z.string().optional(),
          }),
        )
        .default([]),
    }),
  ),
);

export const queue = atCloudflare("queue", "queue", async ({ worker, target }, ask) => {
  const reply = await ask("/queues?per_page=100");
  const queues = read(Queues, reply)?.result;
  if (!queues) return refusal(reply, "Queues: Read");
  const ours = queues.find(({ queue_name }) => queue_name === worker.queue);
  if (!ours) return wrong(`there is no queue ${worker.queue}`, SETUP(target));
  const consumed = ours.consumers.some((each) => [each.script, each.script_name, each.service].includes(worker.name));
  if (!consumed) return wrong(`${worker.name} does not read the queue ${worker.queue}`, "Run npm run deploy.");
  return ok(`${worker.name} reads ${worker.queue}`);
});

const Schedules = cloudflareResult(z.object({ schedules: z.array(z.object({ cron: z.string() })) }));

export const crons = atCloudflare("crons", "crons", async ({ worker }, ask) => {
  const reply = await ask(`/workers/scripts/${worker.name}/schedules`);
  if (reply.status === 404) return NOT_DEPLOYED;
  const schedules = read(Schedules, reply)?.result.schedules;
  if (!schedules) return refusal(reply, SCRIPTS);
  const there = new Set(schedules.map(({ cron }) => cron));
  const missing = worker.crons.filter((cron) => !there.has(cron));
  if (missing.length > 0)
    return wrong(`${missing.map((cron) => `"${cron}"`).join(", ")} never runs`, "Run npm run deploy.");
  return ok(`${worker.crons.length} run`);
});

const NOT_DEPLOYED = wrong("the Worker is not deployed", "Run npm run deploy.");

const ScriptSettings = cloudflareResult(
  z.object({ bindings: z.array(z.looseObject({ type: z.string(), name: z.string() })) }),
);

/** What the deployed Worker is bound to. A secret's name is all that Cloudflare shows of it. */
async function bindingsOf({ worker }: Surroundings, ask: Cloudflare) {
  const reply = await ask(`/workers/scripts/${worker.name}/settings`);
  if (reply.status === 404) return { finding: NOT_DEPLOYED };
  const bindings = read(ScriptSettings, reply)?.result.bindings;
  return bindings ? { bindings } : { finding: refusal(reply, SCRIPTS) };
}

export const images = atCloudflare("images", "Images", async (seen, ask) => {
  const { bindings, finding } = await bindingsOf(seen, ask);
  if (!bindings) return finding;
  if (!bindings.some(({ type, name }) => type === "images" && name === "IMAGES"))
    return wrong("the Worker has no binding IMAGES, so photos are refused", "Run npm run deploy.");
  return ok("the Worker has its binding; larger photos need transformations for the zone (docs/operations.md)");
});

/** The settings without a default. */
export const REQUIRED_SECRETS = [
  "API_URL",
  "DATABASE_URL",
  "JWT_SECRET",
  "SECOND_FACTOR_KEY",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "MAIL_API_KEY",
  "MAIL_FROM_EMAIL",
];

export const secrets = atCloudflare("worker: settings", "deployed settings", async (seen, ask) => {
  const { bindings, finding } = await bindingsOf(seen, ask);
  if (!bindings) return finding;
  const names = new Set(bindings.map(({ name }) => name));
  const missing = REQUIRED_SECRETS.filter((name) => !names.has(name));
  if (missing.length > 0)
    return wrong(`it lacks ${missing.join(", ")}`, `Run npm run setup:production -- --env ${seen.target}.`);
  if (seen.target === "production" && names.has("MAIL_ALLOWED")) return wrong(`it ${WITHHOLDS_MAIL}`, SEND_ALL_MAIL);
  return ok("it has every setting that it needs");
});

export const WITHHOLDS_MAIL = "has MAIL_ALLOWED, so members get no email";
export const SEND_ALL_MAIL = "Run npx wrangler secret delete MAIL_ALLOWED --env production.";

/** The platform runs without it, so it does not stop a deployment. */
export const feedbackSecret = atCloudflare("mail: webhook's secret", "deployed settings", async (seen, ask) => {
  const { bindings, finding } = await bindingsOf(seen, ask);
  if (!bindings) return finding;
  if (bindings.some(({ name }) => name === "MAIL_WEBHOOK_SECRET")) return ok("the Worker has it");
  return wrong(
    "the Worker lacks MAIL_WEBHOOK_SECRET, so we hear nothing of bounces and complaints",
    `Export it, and run npm run setup:production -- --env ${seen.target}.`,
  );
});
