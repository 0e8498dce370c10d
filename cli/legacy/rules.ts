import { CONTENT_RULES } from "./content-rules.ts";
import { DONATION_RULES, SUBSCRIPTION_RULES } from "./money-rules.ts";
import { PEOPLE_RULES, ROLE_RULES } from "./people-rules.ts";
import { type Rule, rule } from "./rule.ts";

/** Columns that name somebody or something that may be gone. */
const REFERENCES: [table: string, column: string, to: string][] = [
  ["users", "rejected_by", "users"],
  ["user_role_assignments", "assigned_by", "users"],
  ["user_invitations", "role_id", "roles"],
  ["user_invitations", "invited_by", "users"],
  ["user_invitations", "accepted_by", "users"],
  ["donations", "user_id", "users"],
  ["donations", "recorded_by", "users"],
  ["subscriptions", "old_recorded_by", "users"],
  ["events", "created_by", "users"],
  ["event_galleries", "uploaded_by", "users"],
  ["newsletter_archives", "created_by", "users"],
  ["financial_reports", "created_by", "users"],
  ["bylaws_documents", "created_by", "users"],
  ["import_jobs", "created_by", "users"],
];

const references = REFERENCES.map(([table, column, to]) =>
  rule(
    "changed",
    table,
    `${column} names nobody; now empty`,
    `update old_${table} o set ${column} = null where ${column} is not null
       and not exists (select from old_${to} t where t.id = o.${column}) returning ${table === "user_role_assignments" ? "user_id as id" : "o.id"}`,
  ),
);

/** All rules, in their order: roles before what refers to them, subscriptions before the people who have them. */
export const RULES: Rule[] = [
  ...ROLE_RULES,
  ...references,
  ...SUBSCRIPTION_RULES,
  ...PEOPLE_RULES,
  ...DONATION_RULES,
  ...CONTENT_RULES,
];
