import { eq, not, type SQL, sql } from "drizzle-orm";
import { personHolds } from "../../access/holds.ts";
import type { Plan } from "../../database/plan.ts";
import type { SignedInContext } from "../../http/context.ts";
import { isHidden, type Part } from "../../people/privacy.ts";
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

/** What volunteers may need `users.view_sensitive` for. */
export const HIDEABLE_OR_SEALED = [...HIDEABLE, ...SEALED] as const;
type HideableOrSealed = (typeof HIDEABLE_OR_SEALED)[number];

const isSealed = (field: HideableOrSealed): field is (typeof SEALED)[number] =>
  SEALED.some((sealed) => sealed === field);

/**
 * Which of these fields of a row of `users` volunteers cannot change, as `text[]`. None of somebody on paper, who cannot look
 * after them.
 */
export const hiddenOf = (fields: readonly HideableOrSealed[]): SQL =>
  sql`array_remove(array[${sql.join(
    fields.map(
      (field) => sql`case when ${isSealed(field) ? not(personIsOnPaper) : isHidden(field)} then ${field}::text end`,
    ),
    sql`, `,
  )}]::text[], null)`;

/**
 * 403 if the change names a field that the actor cannot see: one that the person shows to nobody, or their legal name.
 */
export function guardHiddenFields(t: Plan, ctx: SignedInContext, user_id: string, change: UserChange): void {
  const named = HIDEABLE_OR_SEALED.filter((field) => field in change);
  if (named.length === 0) return;
  const hidden = sql`(select array_to_string(${hiddenOf(named)}, ', ') from ${users} where ${eq(users.id, user_id)})`;
  t.guard(
    sql`coalesce(${hidden}, '') = '' or ${personHolds(ctx.user_id, "users.view_sensitive")}`,
    403,
    "hidden_field",
    sql`'Only people who may see sensitive details can change what a person hides: ' || ${hidden} || '.'`,
  );
}
