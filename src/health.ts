import { sql } from "drizzle-orm";
import * as z from "zod";
import { open } from "./access/access.ts";
import { effect, query } from "./database/statements.ts";
import { route } from "./http/route.ts";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

const tag = "Health";

export const healthRoutes = [
  route({
    method: "get",
    path: "/health",
    tag,
    summary: "The Worker runs",
    access: open,
    round_trips: 0, // it says nothing of the database
    response: { 200: Health },
    handle: async () => ({ status: "ok" as const }),
  }),
  route({
    method: "get",
    path: "/health/ready",
    tag,
    summary: "The Worker runs, is configured and reaches its database",
    access: open,
    response: { 200: Health },
    handle: async (ctx) => {
      await ctx.transact(effect(query.execute(sql`select 1`)));
      return { status: "ok" as const };
    },
  }),
];
