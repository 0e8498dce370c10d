import { allButFirst, RUNNING, type Rule, rule } from "./rule.ts";

const SYSTEM = "('superadmin', 'admin', 'finance', 'member')";

export const PEOPLE_RULES: Rule[] = [
  rule(
    "refused",
    "users",
    "has the same confirmed address as another row, once both are normalized",
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

export const ROLE_RULES: Rule[] = [
  rule("left out", "roles", "is not a role here", "delete from old_roles where code = 'guest' returning id"),
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
    "is a permission that does not exist here, or belongs to no role",
    `delete from old_role_permissions p where not exists (
       select from old_permissions old join public.permissions ours on ours.code = old.code where old.id = p.permission_id)
       or not exists (select from old_roles r where r.id = p.role_id)
     returning p.role_id || '/' || p.permission_id as id`,
  ),
  rule(
    "left out",
    "user_role_assignments",
    "is the role member or guest, which follows from the status, or belongs to nobody",
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
    "has a role in users that is not assigned; the assignments count",
    `select id from old_users u where old_role in ('superadmin', 'admin', 'finance')
       and exists (select from old_user_role_assignments a where a.user_id = u.id)
       and not exists (select from old_user_role_assignments a join old_roles r on r.id = a.role_id
         where a.user_id = u.id and r.code = u.old_role)`,
  ),
  rule(
    "changed",
    "users",
    "had a role only in users; now has an assignment",
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
