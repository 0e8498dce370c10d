import * as z from "zod";
import { open } from "./access/access.ts";
import { route } from "./http/route.ts";
import { selectLateJobs } from "./jobs/late.ts";

const Health = z
  .object({
    status: z.literal("ok"),
    environment: z.enum(["development", "staging", "production"]),
    release: z.string().nullable().describe("What was deployed, such as a commit. Null if that is not known"),
  })
  .meta({ id: "Health", example: { status: "ok", environment: "production", release: "4f2a1c9d03be" } });

const Readiness = z
  .object({
    status: z.enum(["ok", "degraded"]).describe("`degraded`: the API works, but a job has not succeeded for too long"),
    late_jobs: z.array(z.string()).describe("Jobs that have not succeeded for twice the time between two runs"),
  })
  .meta({ id: "Readiness", example: { status: "ok", late_jobs: [] } });

const tag = "Health";

export const healthRoutes = [
  route({
    method: "get",
    path: "/health",
    tag,
    operationId: "getHealth",
    summary: "Check that the API is running, and see its release and environment",
    access: open,
    round_trips: 0, // uptime monitors must not wake a sleeping database
    response: { 200: Health },
    handle: async ({ settings }) => ({
      status: "ok" as const,
      environment: settings.ENVIRONMENT,
      release: settings.RELEASE ?? null,
    }),
  }),
  route({
    method: "get",
    path: "/health/ready",
    tag,
    operationId: "getReadiness",
    summary: "Check that the API is configured, reaches its database, and that its jobs run",
    access: open,
    response: { 200: Readiness },
    handle: async (ctx) => {
      const late = await ctx.transact((t) => t.many(selectLateJobs()));
      return {
        status: late.length > 0 ? ("degraded" as const) : ("ok" as const),
        late_jobs: late.map(({ job }) => job),
      };
    },
  }),
];
