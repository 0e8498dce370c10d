import * as z from "zod";
import { open } from "./access/access.ts";
import { route } from "./http/route.ts";
import { selectLateJobs } from "./jobs/late.ts";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

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
    summary: "Check that the API is running",
    access: open,
    round_trips: 0, // uptime monitors must not wake a sleeping database
    response: { 200: Health },
    handle: async () => ({ status: "ok" as const }),
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
