import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { belongsTo, id, instant, timestamps } from "./columns.ts";
import { users } from "./people.ts";

export const roles = pgTable("roles", {
  id: id(),
  code: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull().default(""),
  /** System roles come with the platform and cannot be deleted. */
  system: boolean().notNull().default(false),
  /** Its holders must have a second factor, if the settings enforce that. */
  second_factor_required: boolean().notNull().default(false),
  ...timestamps,
});

export const permissions = pgTable("permissions", {
  id: id(),
  /** `module.action`, one of src/access/permissions.ts. */
  code: text().notNull().unique(),
  module: text().notNull(),
  description: text().notNull(),
  ...timestamps,
});

export const role_permissions = pgTable(
  "role_permissions",
  {
    role_id: belongsTo(() => roles.id, "cascade"),
    permission_id: belongsTo(() => permissions.id, "cascade"),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.role_id, t.permission_id] }),
    index("role_permissions_permission").on(t.permission_id),
  ],
);

/** Who holds which role: the truth that `authorize` reads. */
export const user_role_assignments = pgTable(
  "user_role_assignments",
  {
    user_id: belongsTo(() => users.id, "cascade"),
    role_id: belongsTo(() => roles.id, "restrict"),
    assigned_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.user_id, t.role_id] }),
    index("user_role_assignments_role").on(t.role_id),
    // Deleting a person looks up the roles they gave.
    index("user_role_assignments_assigned_by").on(t.assigned_by).where(sql`${t.assigned_by} is not null`),
  ],
);

/**
 * Who changed what. Triggers write it. For personal columns it names the column and keeps no value, so that a person can be
 * erased. It has no foreign keys, because it outlives its subjects.
 */
export const audit_log = pgTable(
  "audit_log",
  {
    id: id(),
    created_at: instant().notNull().default(sql`now()`),
    request_id: text(),
    actor_id: uuid(),
    /** `insert`, `update` or `delete` from triggers; a dotted name where code writes it explicitly. */
    action: text().notNull(),
    subject_type: text().notNull(),
    subject_id: text(),
    /** The people whose data was read, where one entry speaks of many, such as a page of an export. */
    subject_ids: uuid().array(),
    /** `{column: [old, new]}`, or `{column: null}` where the value is personal. */
    changes: jsonb().$type<Record<string, [unknown, unknown] | null>>().notNull().default({}),
  },
  (t) => [
    index("audit_log_newest").on(t.created_at, t.id),
    index("audit_log_actor").on(t.actor_id, t.created_at, t.id),
    index("audit_log_subject").on(t.subject_type, t.subject_id, t.created_at, t.id),
    index("audit_log_subject_type").on(t.subject_type, t.created_at, t.id),
    index("audit_log_request").on(t.request_id, t.created_at, t.id).where(sql`${t.request_id} is not null`),
    index("audit_log_subjects").using("gin", t.subject_ids).where(sql`${t.subject_ids} is not null`),
    index("audit_log_action").on(t.action, t.created_at, t.id),
    check("audit_log_changes_is_object", sql`jsonb_typeof(${t.changes}) = 'object'`),
  ],
);
