import { sql } from "drizzle-orm";
import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { From, Id, Instant, inOrder, Line, To } from "../http/schemas.ts";
import { audit_log } from "../tables/access.ts";
import { users } from "../tables/people.ts";

/** One action of a person or of the platform. */
export const AuditEntry = z
  .object({
    id: Id,
    created_at: Instant,
    request_id: z
      .string()
      .nullable()
      .describe(
        "The id of the request, as in its response and in the logs. Null for changes made by hand by an operator.",
      ),
    actor_id: Id.nullable().describe(
      "Null for the platform itself, and where the log does not say who acted: donations and photos that were taken down",
    ),
    actor: z
      .object({ first_name: z.string(), last_name: z.string() })
      .nullable()
      .describe("Null if `actor_id` is, and for people who have been deleted or erased"),
    action: z
      .string()
      .describe(
        "`insert`, `update` or `delete` for a change to a row, otherwise a dotted name such as `sign_in.failed`",
      )
      .meta({ example: "update" }),
    subject_type: z
      .string()
      .describe("The table of the subject, or `route` when somebody was denied access to one")
      .meta({ example: "users" }),
    subject_id: z.string().nullable().describe("For a route, its method and path, such as `GET /api/admin/users`"),
    people: z
      .int()
      .nullable()
      .describe("How many people the entry is about, if it names many, such as a page of an export. Otherwise null"),
    changes: z
      .record(z.string(), z.tuple([z.unknown(), z.unknown()]).nullable())
      .describe(
        "Each changed column with its old and new value. Null stands for personal values, which are not logged.",
      )
      .meta({ example: { status: ["pending_validation", "payment_pending"], phone: null } }),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The columns of {@link AuditEntry}, of `audit_log` and its actor's row of `users`. */
export const auditEntryColumns = {
  id: audit_log.id,
  created_at: audit_log.created_at,
  request_id: audit_log.request_id,
  actor_id: audit_log.actor_id,
  // Somebody who was erased has no name.
  actor: sql<AuditEntry["actor"]>`case when ${users.first_name} <> ''
    then jsonb_build_object('first_name', ${users.first_name}, 'last_name', ${users.last_name}) end`,
  action: audit_log.action,
  subject_type: audit_log.subject_type,
  subject_id: audit_log.subject_id,
  people: sql<number | null>`cardinality(${audit_log.subject_ids})`,
  changes: audit_log.changes,
};

export const AuditFilters = inOrder(
  Paging.extend({
    actor_id: Id.optional(),
    subject_type: Line(100).optional(),
    subject_id: Line(300)
      .optional()
      .describe(
        "A person's id also finds entries about many people that include them. Exports of donations, the ledger and event answers are left out: they would say who gave or came.",
      ),
    action: Line(100).optional(),
    from: From,
    to: To,
    request_id: Line(100).optional(),
  }),
);
export type AuditFilters = z.infer<typeof AuditFilters>;

export const AuditEntryPage = pageWithTotalOf(AuditEntry).meta({ id: "AuditEntryPage" });
export type AuditEntryPage = z.infer<typeof AuditEntryPage>;
