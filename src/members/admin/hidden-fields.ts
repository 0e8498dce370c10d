import { and, eq, not, type SQL, sql } from "drizzle-orm";
import { personHolds } from "../../access/holds.ts";
import type { Plan } from "../../database/plan.ts";
import type { SignedInContext } from "../../http/context.ts";
import { type Part, partIsHidden } from "../../people/privacy.ts";
import { personIsOnPaper, users } from "../../tables/people.ts";
import type { UserChange } from "./schemas.ts";

const HIDEABLE = [
  "phone",
  "address",
  "birthday",
  "bio",
  "partner_first_name",
  "partner_last_name",
  "partner_is_member",
] as const satisfies (Part & keyof UserChange)[];

/** The legal name is sealed, whatever the person shows. */
const SEALED = ["legal_name", "name_on_documents"] as const satisfies (keyof UserChange)[];

/**
 * 403 if the change names a field that the actor cannot see: one that the person shows to nobody, or their legal name.
 * Whoever has no account cannot look after these fields, so volunteers may write them.
 */
export function guardHiddenFields(t: Plan, ctx: SignedInContext, user_id: string, change: UserChange): void {
  const isHidden = (field: (typeof HIDEABLE)[number] | (typeof SEALED)[number]): SQL =>
    field === "legal_name" || field === "name_on_documents" ? sql`true` : partIsHidden(field);
  const named = [...HIDEABLE, ...SEALED].filter((field) => field in change);
  if (named.length === 0) return;
  const hidden = sql`(select concat_ws(', ', ${sql.join(
    named.map((field) => sql`case when ${isHidden(field)} then ${field}::text end`),
    sql`, `,
  )}) from ${users} where ${and(eq(users.id, user_id), not(personIsOnPaper))})`;
  t.guard(
    sql`coalesce(${hidden}, '') = '' or ${personHolds(ctx.user_id, "users.view_sensitive")}`,
    403,
    "hidden_field",
    sql`'Only people who may see sensitive details can change what a person hides: ' || ${hidden} || '.'`,
  );
}
