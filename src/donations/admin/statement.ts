import { auditReading } from "../../access/audit.ts";
import { personHolds } from "../../access/holds.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson } from "../../people/person.ts";
import type { GivingStatement } from "../statement/schemas.ts";
import { statementOf } from "../statement/statement.ts";
import { subjectOf, type Whose } from "../statement/whose.ts";

/**
 * Somebody's giving statement, for a treasurer. Those without `users.view_sensitive` get it without the legal name, even if the
 * person wants that on documents. The audit log records who read whose. 404 if there is no such person or no
 * statement.
 */
export const readStatement = (ctx: SignedInContext, whose: Whose, year: number): Promise<GivingStatement> =>
  ctx.transact((t) => {
    if ("user_id" in whose) guardPerson(t, whose.user_id);
    const statement = statementOf(t, ctx, whose, year, personHolds(ctx.user_id, "users.view_sensitive"));
    auditReading(t, ctx, { action: "giving_statement.read", ...subjectOf(whose), changes: { year: [null, year] } });
    return statement;
  });
