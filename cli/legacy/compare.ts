import type { Client } from "pg";
import type { Findings } from "./findings.ts";
import { quoted } from "./old-database.ts";
import { PAID_BY_HAND } from "./rule.ts";
import type { Mapping } from "./stage.ts";

/** One line of the table at the end. Cents are null where a table has none. */
export interface Comparison {
  table: string;
  old_rows: number;
  left_out: number;
  new_rows: number;
  old_cents: number | null;
  new_cents: number | null;
}

export const agrees = ({ old_rows, left_out, new_rows, old_cents, new_cents }: Comparison): boolean =>
  old_rows - left_out === new_rows && old_cents === new_cents;

/** How to find the row that a staged row became, and which amounts to add up. */
const PLAIN = { joined: "n.id = o.id", cents: [] as string[] };
const COMPARED: Record<string, { joined: string; cents: string[]; where?: string }> = {
  users: PLAIN,
  roles: { joined: "n.id = o.ours", cents: [] },
  role_permissions: {
    joined: `(n.role_id, n.permission_id) = ((select ours from old_roles r where r.id = o.role_id), (select ours.id
      from old_permissions p join public.permissions ours on ours.code = p.code where p.id = o.permission_id))`,
    cents: [],
  },
  user_role_assignments: {
    joined:
      "n.user_id = o.user_id and n.role_id = coalesce((select ours from old_roles r where r.id = o.role_id), o.role_id)",
    cents: [],
    where: "o.by_rule is null",
  },
  subscription_plans: { ...PLAIN, cents: ["price_cents"] },
  subscriptions: { ...PLAIN, cents: ["base_subscription_cents", "donation_cents"] },
  donations: { ...PLAIN, cents: ["amount_cents"] },
  events: PLAIN,
  event_rsvps: { joined: "n.event_id = o.event_id and n.user_id = o.user_id", cents: [] },
  event_galleries: PLAIN,
  newsletter_archives: PLAIN,
  financial_reports: PLAIN,
  bylaws_documents: PLAIN,
  user_invitations: PLAIN,
  import_jobs: PLAIN,
};

/** Counts and adds up each table in both databases: there with SQL of its own, here what has the old ids. */
export async function compare(
  old: Client,
  here: Client,
  mappings: Mapping[],
  findings: Findings,
): Promise<Comparison[]> {
  const plans = mappings.find(({ table }) => table.name === "subscription_plans");
  const lines: Comparison[] = [];
  for (const mapping of mappings) {
    const { name } = mapping.table;
    const compared = COMPARED[name];
    if (!compared || mapping.found === undefined) continue;
    const there = await one(
      old,
      `select count(*) as rows, ${oldSum(mapping, compared.cents, plans)} as cents from ${quoted(mapping.found)} o`,
    );
    const sum = compared.cents.map((column) => `coalesce(sum(n.${column}), 0)`).join(" + ") || "null";
    const moved = await one(
      here,
      `select count(*) as rows, ${sum} as cents from old_${name} o join public.${name} n on ${compared.joined} where ${compared.where ?? "true"}`,
    );
    lines.push({
      table: name,
      old_rows: there.rows,
      left_out: findings.count("left out", name),
      new_rows: moved.rows,
      old_cents: there.cents,
      new_cents: moved.cents,
    });
  }
  return [...lines, await compareLedger(here)];
}

/** What the old columns add up to, in cents. A subscription without an amount has its plan's. */
function oldSum({ sources }: Mapping, columns: string[], plans: Mapping | undefined): string {
  const amounts = columns.map((column) => {
    const own = amountOf(sources, column);
    if (column !== "base_subscription_cents") return own;
    const donation = amountOf(sources, "donation_cents");
    const paid = sources.get("old_paid_cents");
    const price = plans?.found && amountOf(plans.sources, "price_cents");
    const of_plan = price && `(select ${price} from ${quoted(plans.found ?? "")} p where p.id = o.plan_id)`;
    return `coalesce(${[own, paid && `o.${quoted(paid.name)} - coalesce(${donation}, 0)`, of_plan].filter(Boolean).join(", ")})`;
  });
  return amounts.map((amount) => `coalesce(sum(${amount}), 0)`).join(" + ") || "null";
}

/** The old column of an amount, or the one in dollars. */
function amountOf(sources: Mapping["sources"], column: string): string {
  const [cents, dollars] = [sources.get(column), sources.get(`${column}_in_dollars`)];
  if (cents) return quoted(cents.name);
  return dollars ? `round(${quoted(dollars.name)}::numeric * 100)` : "null::numeric";
}

/** The money that the old rows say came in outside Stripe or for donations, and our ledger of it. */
async function compareLedger(here: Client): Promise<Comparison> {
  const there = await one(
    here,
    `select count(*) as rows, coalesce(sum(cents), 0) as cents from (
       select base_subscription_cents + donation_cents as cents from old_subscriptions where ${PAID_BY_HAND}
       union all select amount_cents from old_donations where status in ('completed', 'refunded')) paid`,
  );
  const moved = await one(
    here,
    `select count(*) as rows, coalesce(sum(base_subscription_cents + donation_cents), 0) as cents from payments
     where donation_id in (select id from old_donations)
       or (payment_method <> 'stripe' and subscription_id in (select id from old_subscriptions))`,
  );
  return {
    table: "payments",
    old_rows: there.rows,
    left_out: 0,
    new_rows: moved.rows,
    old_cents: there.cents,
    new_cents: moved.cents,
  };
}

async function one(client: Client, query: string): Promise<{ rows: number; cents: number | null }> {
  const { rows } = await client.query<{ rows: string; cents: string | null }>(query);
  const [row] = rows;
  return { rows: Number(row?.rows), cents: row?.cents == null ? null : Number(row.cents) };
}
