import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Id, Instant, inOrder, Line, Moment } from "../http/schemas.ts";

/** One thing that somebody, or the platform itself, did to something. */
export const AuditEntry = z
  .object({
    id: Id,
    created_at: Instant,
    request_id: z
      .string()
      .nullable()
      .describe("The request that did it, as its answer and the logs name it; null for what operators did by hand"),
    actor_id: Id.nullable().describe("Null for the platform itself"),
    actor: z
      .object({ first_name: z.string(), last_name: z.string() })
      .nullable()
      .describe("Null for the platform itself, and for people who are not here any more"),
    action: z
      .string()
      .describe("`insert`, `update` or `delete` of the subject's row, or a dotted name")
      .meta({ example: "update" }),
    subject_type: z
      .string()
      .describe("The table that the subject is in; `route` where access to one was denied")
      .meta({ example: "users" }),
    subject_id: z.string().nullable().describe("Of a route: its method and path, as in `GET /api/admin/users`"),
    changes: z
      .record(z.string(), z.tuple([z.unknown(), z.unknown()]).nullable())
      .describe("Each column that changed, with its value before and after; null in place of values that are personal")
      .meta({ example: { status: ["pending_validation", "payment_pending"], phone: null } }),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditFilters = inOrder(
  Paging.extend({
    actor_id: Id.optional(),
    subject_type: Line(100).optional(),
    subject_id: Line(300).optional(),
    action: Line(100).optional(),
    from: Moment.optional().describe("Not before this instant"),
    to: Moment.optional().describe("Before this instant"),
    request_id: Line(100).optional(),
  }),
);
export type AuditFilters = z.infer<typeof AuditFilters>;

export const AuditPage = pageWithTotalOf(AuditEntry).meta({ id: "AuditPage" });
export type AuditPage = z.infer<typeof AuditPage>;
