import { type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { users } from "../tables/people.ts";

/** 400 unless a profile is valid. Comes after it was written. `person` is a condition on `users`. */
export function guardProfile(t: Plan, person: SQL): void {
  t.valid(
    sql`not exists (select from ${users} where ${person} and ${users.birthday} > now())`,
    "birthday",
    "must not be in the future",
  );
  t.guard(
    sql`not exists (select from ${users} where ${person} and ${users.name_on_documents} = 'legal' and ${users.legal_name} is null)`,
    400,
    "legal_name_needed",
    "Documents can carry the legal name only after it has been entered.",
  );
}
