import type { Kind } from "./findings.ts";

/** A rule of the move: SQL on the staged rows that returns the ids of those that it concerns, as `id`. */
export interface Rule {
  kind: Kind;
  table: string;
  what: string;
  sql: string;
}

const rule = (kind: Kind, table: string, what: string, sql: string): Rule => ({ kind, table, what, sql });

const RUNNING = "('active', 'past_due', 'paused')";
const SYSTEM = "('superadmin', 'admin', 'finance', 'member')";

/** Keeps the first row of each group in this order; the rest get `set`. */
const allButFirst = (table: string, group: string, order: string, set: string, where = "true") =>
  `update old_${table} o set ${set} from (
     select ctid as at, row_number() over (partition by ${group} order by ${order}) as place from old_${table} where ${where}
   ) ranked where ranked.at = o.ctid and place > 1 returning o.id`;

const people: Rule[] = [
  rule(
    "refused",
    "users",
    "has the same confirmed address as another row, once both are written alike",
    `select id from old_users where email_verified and email in (
       select email from old_users where email_verified group by email having count(*) > 1)`,
  ),
  rule(
    "changed",
    "users",
    "has the Stripe customer of an older row; now has none",
    allButFirst(
      "users",
      "stripe_customer_id",
      "created_at, id",
      "stripe_customer_id = null",
      "stripe_customer_id is not null",
    ),
  ),
  rule(
    "changed",
    "users",
    "got the Stripe customer of its newest subscription",
    `update old_users u set stripe_customer_id = s.old_customer
     from (select distinct on (old_customer) user_id, old_customer from (
       select distinct on (user_id) user_id, old_customer, created_at from old_subscriptions
       where old_customer is not null order by user_id, created_at desc) newest order by old_customer, created_at desc) s
     where u.id = s.user_id and u.stripe_customer_id is null
       and not exists (select from old_users other where other.stripe_customer_id = s.old_customer) returning u.id`,
  ),
  rule(
    "look",
    "users",
    "is active without a subscription that runs",
    `select id from old_users u where status = 'active'
     and not exists (select from old_subscriptions s where s.user_id = u.id and s.status in ${RUNNING})`,
  ),
  rule("file", "users", "photo", "select id, old_photo as address from old_users where old_photo is not null"),
];

const roles: Rule[] = [
  rule("left out", "roles", "is no role here", "delete from old_roles where code = 'guest' returning id"),
  rule(
    "left out",
    "role_permissions",
    "belongs to a system role, which has the permissions that come with the platform",
    `delete from old_role_permissions p using old_roles r where r.id = p.role_id and r.code in ${SYSTEM}
     returning p.role_id || '/' || p.permission_id as id`,
  ),
  rule(
    "left out",
    "role_permissions",
    "is a permission that we do not have, or of no role",
    `delete from old_role_permissions p where not exists (
       select from old_permissions old join public.permissions ours on ours.code = old.code where old.id = p.permission_id)
       or not exists (select from old_roles r where r.id = p.role_id)
     returning p.role_id || '/' || p.permission_id as id`,
  ),
  rule(
    "left out",
    "user_role_assignments",
    "is the role of a member or guest, which follows the status, or of nobody",
    `delete from old_user_role_assignments a where not exists (select from old_roles r where r.id = a.role_id and r.code <> 'member')
       or not exists (select from old_users u where u.id = a.user_id)
     returning a.user_id || '/' || a.role_id as id`,
  ),
  rule(
    "left out",
    "user_role_assignments",
    "is there twice",
    `delete from old_user_role_assignments a using old_user_role_assignments b
     where a.user_id = b.user_id and a.role_id = b.role_id and a.ctid > b.ctid returning a.user_id || '/' || a.role_id as id`,
  ),
  rule(
    "look",
    "users",
    "has a role in users that its assignments lack; the assignments count",
    `select id from old_users u where old_role in ('superadmin', 'admin', 'finance')
       and exists (select from old_user_role_assignments a where a.user_id = u.id)
       and not exists (select from old_user_role_assignments a join old_roles r on r.id = a.role_id
         where a.user_id = u.id and r.code = u.old_role)`,
  ),
  rule(
    "changed",
    "users",
    "had a role in users alone; now has an assignment",
    `insert into old_user_role_assignments (user_id, role_id, created_at, updated_at, by_rule)
     select u.id, coalesce(
         (select r.id from old_roles r where r.id = u.old_role_id and r.code <> 'member'),
         (select r.id from old_roles r where r.code = u.old_role), (select r.id from public.roles r where r.code = u.old_role)),
       u.created_at, u.created_at, true
     from old_users u
     where (u.old_role in ('superadmin', 'admin', 'finance')
         or exists (select from old_roles r where r.id = u.old_role_id and r.code <> 'member'))
       and not exists (select from old_user_role_assignments a where a.user_id = u.id)
     returning user_id as id`,
  ),
];

const subscriptions: Rule[] = [
  rule(
    "changed",
    "subscription_plans",
    "has the name of another plan; now archived",
    allButFirst(
      "subscription_plans",
      "lower(name)",
      "active desc, created_at, id",
      "archived_at = updated_at, active = false",
      "archived_at is null",
    ),
  ),
  rule(
    "refused",
    "subscription_plans",
    "has no price, or a negative one",
    "select id from old_subscription_plans where price_cents is null or least(price_cents, minimum_price_cents) < 0",
  ),
  rule(
    "refused",
    "subscriptions",
    "belongs to no person or no plan",
    `select id from old_subscriptions s where not exists (select from old_users u where u.id = s.user_id)
       or not exists (select from old_subscription_plans p where p.id = s.plan_id)`,
  ),
  // Not worth a line: the old platform may have had the cycle in its plans alone.
  rule(
    "changed",
    "subscriptions",
    "has its plan's cycle",
    `update old_subscriptions s set billing_cycle = p.billing_cycle
     from old_subscription_plans p where p.id = s.plan_id and s.billing_cycle is null`,
  ),
  rule(
    "changed",
    "subscriptions",
    "says no amount; has its plan's price",
    `update old_subscriptions s set base_subscription_cents = p.price_cents
     from old_subscription_plans p where p.id = s.plan_id and s.base_subscription_cents is null returning s.id`,
  ),
  rule(
    "refused",
    "subscriptions",
    "has a negative amount",
    "select id from old_subscriptions where least(base_subscription_cents, donation_cents) < 0",
  ),
  rule(
    "changed",
    "subscriptions",
    "cost nothing; now complimentary",
    `update old_subscriptions set payment_method = 'complimentary'
     where payment_method in ('cash', 'cheque') and base_subscription_cents + donation_cents = 0 returning id`,
  ),
  rule(
    "changed",
    "subscriptions",
    "does not end after its start; the start is open now",
    "update old_subscriptions set current_term_start = null where current_term_end <= current_term_start returning id",
  ),
  rule(
    "changed",
    "subscriptions",
    "runs without an end; now ends a cycle after its start, until Stripe or a volunteer says otherwise",
    `update old_subscriptions set current_term_end = coalesce(current_term_start, created_at) + case billing_cycle
       when 'monthly' then interval '1 month' when 'quarterly' then interval '3 months' else interval '1 year' end
     where status in ${RUNNING} and billing_cycle in ('monthly', 'quarterly', 'yearly') and current_term_end is null returning id`,
  ),
  rule(
    "changed",
    "subscriptions",
    "has the Stripe subscription of a newer row; now has none",
    allButFirst(
      "subscriptions",
      "stripe_subscription_id",
      `status in ${RUNNING} desc, created_at desc, id`,
      "stripe_subscription_id = null",
      "stripe_subscription_id is not null",
    ),
  ),
  rule(
    "refused",
    "subscriptions",
    "runs at Stripe beside another one of the same person; cancel one of them there first",
    `select id from old_subscriptions where status in ${RUNNING} and stripe_subscription_id is not null and user_id in (
       select user_id from old_subscriptions where status in ${RUNNING} and stripe_subscription_id is not null
       group by user_id having count(*) > 1)`,
  ),
  rule(
    "changed",
    "subscriptions",
    "runs beside a later one of the same person; now expired",
    allButFirst(
      "subscriptions",
      "user_id",
      "stripe_subscription_id is not null desc, billing_cycle = 'lifetime' desc, current_term_end desc nulls last, created_at desc, id",
      "status = 'expired'",
      `status in ${RUNNING}`,
    ),
  ),
  rule(
    "changed",
    "subscriptions",
    "is pending beside a newer one of the same person; now cancelled",
    allButFirst("subscriptions", "user_id", "created_at desc, id", "status = 'cancelled'", "status = 'pending'"),
  ),
  rule(
    "changed",
    "subscriptions",
    "is past due; its grace period runs from the end of its term",
    `update old_subscriptions set grace_ends_at = current_term_end
       + (select grace_days from public.organisation_settings) * interval '1 day'
     where status = 'past_due' and grace_ends_at is null and current_term_end is not null returning id`,
  ),
  rule(
    "look",
    "subscriptions",
    "names a checkout at Stripe, but no subscription: its payment, if any, is not in the ledger; compare it with Stripe by hand",
    `select id from old_subscriptions where payment_method = 'stripe' and stripe_subscription_id is null
       and stripe_checkout_session_id is not null and status <> 'pending'`,
  ),
  rule(
    "look",
    "subscriptions",
    "runs here without Stripe, but its term is over: the nightly job makes it past due, then ends it",
    `select id from old_subscriptions where status = 'active' and stripe_subscription_id is null and current_term_end < now()`,
  ),
];

const donations: Rule[] = [
  rule(
    "refused",
    "donations",
    "has no amount, or not a positive one",
    "select id from old_donations where amount_cents is null or amount_cents <= 0",
  ),
  rule(
    "refused",
    "donations",
    "has the Stripe payment or session of another row",
    `select id from old_donations where stripe_payment_intent_id in (
         select stripe_payment_intent_id from old_donations group by 1 having count(*) > 1)
       or stripe_checkout_session_id in (select stripe_checkout_session_id from old_donations group by 1 having count(*) > 1)`,
  ),
  rule(
    "look",
    "donations",
    "was refunded at Stripe: the refund itself comes from there",
    "select id from old_donations where status = 'refunded' and payment_method = 'stripe'",
  ),
  rule(
    "look",
    "donations",
    "was paid at Stripe, but names no payment intent: compare it with Stripe by hand",
    `select id from old_donations where status in ('completed', 'refunded') and payment_method = 'stripe'
       and stripe_payment_intent_id is null`,
  ),
];

const content: Rule[] = [
  rule(
    "changed",
    "events",
    "does not end after its start; now lasts two hours",
    `update old_events set end_at = start_at + interval '2 hours' where end_at is null or end_at <= start_at returning id`,
  ),
  rule(
    "left out",
    "event_rsvps",
    "is an older answer of the same person, or neither an answer nor an attendance",
    `delete from old_event_rsvps r using (
       select ctid as at, row_number() over (partition by event_id, user_id order by updated_at desc, ctid) as place
       from old_event_rsvps) ranked
     where ranked.at = r.ctid and (place > 1 or (rsvp_status is null and not attended))
     returning event_id || '/' || user_id as id`,
  ),
  rule(
    "changed",
    "event_galleries",
    "has the file of another row; the file is in the report alone",
    allButFirst("event_galleries", "image_key", "created_at, id", "image_key = null", "image_key is not null"),
  ),
  rule(
    "file",
    "event_galleries",
    "photo",
    "select id, coalesce(old_url, image_key) as address from old_event_galleries where coalesce(old_url, image_key) is not null",
  ),
  ...["newsletter_archives", "financial_reports", "bylaws_documents"].map((table) =>
    rule(
      "file",
      table,
      "document",
      `select id, old_location as address from old_${table} where old_location is not null`,
    ),
  ),
  rule(
    "changed",
    "bylaws_documents",
    "is current beside a later version; no longer current",
    allButFirst("bylaws_documents", "kind", "effective_on desc, created_at desc", "current = false", "current"),
  ),
  rule(
    "changed",
    "bylaws_documents",
    "has the version of another document; now has its date too",
    allButFirst(
      "bylaws_documents",
      "version",
      "effective_on desc, created_at desc, id",
      "version = version || ' of ' || effective_on || ' ' || left(o.id::text, 8)",
    ),
  ),
  rule(
    "changed",
    "user_invitations",
    "is pending beside a newer one to the same address; now revoked",
    allButFirst("user_invitations", "email", "created_at desc, id", "status = 'revoked'", "status = 'pending'"),
  ),
];

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

/** All rules, in their order. */
export const RULES: Rule[] = [...roles, ...references, ...subscriptions, ...people, ...donations, ...content];
