import { type SQL, sql } from "drizzle-orm";
import { auditReading } from "../../access/audit.ts";
import type { Plan } from "../../database/plan.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { READINGS } from "../access-log/schemas.ts";

/** Records that a volunteer opened a person. */
export const auditOpening = (t: Plan, ctx: SignedInContext, id: string): void => audit(t, ctx, "users.read", id);

/** Records that a volunteer read what only holders of `users.view_sensitive` see of a person, if this holds. */
export const auditSensitive = (t: Plan, ctx: SignedInContext, id: string, when?: SQL): void =>
  audit(t, ctx, "users.read_sensitive", id, when);

const audit = (t: Plan, ctx: SignedInContext, action: (typeof READINGS)[number], id: string, when?: SQL): void =>
  auditReading(t, ctx, {
    action,
    subject_type: "users",
    subject_id: sql`${id}`,
    changes: {},
    ...(when && { when }),
  });
