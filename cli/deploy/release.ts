import * as z from "zod";
import { askJson, read } from "../doctor/ask.ts";
import { type CheckResult, type Finding, kindOf, ok, wrong } from "../doctor/check.ts";

/** As src/health.ts answers. Nothing else that answers at the address is quoted. */
const Health = z.object({
  environment: z.enum(["development", "staging", "production"]),
  release: z
    .string()
    .regex(/^[\w.+-]{1,100}$/)
    .nullable(),
});
type Health = z.infer<typeof Health>;

/** What runs at an address, or in a few words what answers there instead. */
async function healthAt(url: string): Promise<Health | string> {
  try {
    const reply = await askJson(`${url}/health`);
    return read(Health, reply) ?? `${reply.status}, and does not say what it is`;
  } catch (error) {
    return `nothing (${kindOf(error)})`;
  }
}

/**
 * What runs at API_URL. Undefined before the first deployment, or while a release runs that does not say what it is. Throws
 * if it is another environment: then the owner's database is probably the other's too, and would be migrated.
 */
export async function running(url: string, target: string): Promise<Health | undefined> {
  const health = await healthAt(url);
  if (typeof health === "string") return undefined;
  if (health.environment === target) return health;
  throw new Error(
    `Nothing was changed: API_URL (${url}) is ${health.environment}, not ${target}. In a new terminal, set API_URL, OWNER_DATABASE_URL and the rest for ${target}.`,
  );
}

export interface Awaited {
  url: string;
  target: string;
  release: string;
  /** How long a new version may take to be everywhere. */
  patience_ms: number;
}

/** Whether API_URL answers with what was just deployed. If not, no test there says anything about it. */
export async function live(deployed: Awaited): Promise<CheckResult> {
  const { url, target, release, patience_ms } = deployed;
  const until = Date.now() + patience_ms;
  for (;;) {
    const health = await healthAt(url);
    const there = typeof health !== "string" && health.environment === target && health.release === release;
    if (there) return { name: "release", ...ok(`${url} answers with ${release}`) };
    if (Date.now() >= until) return { name: "release", ...elsewhere(deployed, health) };
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

function elsewhere({ url, target, release }: Awaited, health: Health | string): Finding {
  const there = typeof health === "string" ? health : `${health.environment}, release ${health.release ?? "unknown"}`;
  return wrong(
    `${url} answers: ${there}. What was deployed is ${target}, release ${release}`,
    "Is API_URL the address of this Worker? Compare it with the routes in wrangler.toml and the domain's DNS.",
  );
}
