import * as z from "zod";
import { askJson, read } from "./ask.ts";
import { type Check, given, kindOf, notChecked, ok, type Surroundings, wrong } from "./check.ts";

const addressOf = (seen: Surroundings) => (seen.vars.API_URL ?? "").replace(/\/+$/, "");

const Ready = z.object({ status: z.string(), late_jobs: z.array(z.string()) });
/** The shape of every error of ours. Nothing else that answers at the address is quoted. */
const Problem = z.object({ code: z.string().regex(/^[a-z_]{1,40}$/), detail: z.string() });

export const ready: Check = {
  name: "worker: ready",
  async run(seen) {
    const { missing } = given(seen, "API_URL");
    if (missing) return missing;
    const address = `${addressOf(seen)}/health/ready`;
    let reply: Awaited<ReturnType<typeof askJson>>;
    try {
      reply = await askJson(address);
    } catch (error) {
      return wrong(
        `${address} does not answer (${kindOf(error)})`,
        seen.target === "local" ? "Start it with npm run dev." : "Run npm run deploy, and check the domain's DNS.",
      );
    }
    const state = read(Ready, reply);
    if (state?.status === "ok") return ok(`${address} answers`);
    if (state)
      return wrong(`jobs are late: ${state.late_jobs.join(", ")}`, "See GET /api/admin/jobs, and the Worker's logs.");
    const problem = Problem.safeParse(reply.body).data;
    // These name settings, never their values: src/env.ts.
    if (problem?.code === "misconfigured")
      return wrong(problem.detail.replace(/\.$/, ""), "Set them: npm run setup:production.");
    return wrong(
      `${address} answers ${reply.status}${problem ? ` ${problem.code}` : ""}`,
      problem
        ? "See docs/deploying.md, Troubleshooting."
        : "Something other than the Worker answers there. Check the domain.",
    );
  },
};

/** Signatures hold for minutes, second factors for half a minute. */
const MOST_SKEW_SECONDS = 30;

export const clock: Check = {
  name: "clock",
  async run(seen) {
    const sources = [
      ...(seen.vars.API_URL ? [`${addressOf(seen)}/health`] : []),
      `${seen.addresses.stripe}/healthcheck`,
    ];
    for (const address of sources) {
      const before = seen.now();
      const reply = await askJson(address).catch(() => undefined);
      const there = Date.parse(reply?.headers.get("Date") ?? "");
      if (Number.isNaN(there)) continue;
      // The header has whole seconds, cut off.
      const skew = Math.round((before + seen.now()) / 2000 - (there + 500) / 1000);
      if (Math.abs(skew) <= MOST_SKEW_SECONDS) return ok("this machine agrees with the service's");
      return wrong(
        `this machine is ${Math.abs(skew)} seconds ${skew > 0 ? "ahead" : "behind"}`,
        "Turn on network time (NTP): signatures and second factors made here would be refused.",
      );
    }
    return notChecked("nothing answers that tells the time");
  },
};
