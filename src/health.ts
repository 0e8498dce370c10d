import { sql } from "drizzle-orm";
import * as z from "zod";
import { open } from "./access/access.ts";
import { query } from "./database/query.ts";
import { route } from "./http/route.ts";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

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
    summary: "Check that the API is configured and reaches its database",
    access: open,
    response: { 200: Health },
    handle: async (ctx) => {
      await ctx.transact((t) => t.effect(query.execute(sql`select 1`)));
      return { status: "ok" as const };
    },
  }),
];
