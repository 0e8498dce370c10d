import { parseArgs } from "node:util";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import type * as z from "zod";
import { Email } from "../src/http/schemas.ts";
import type { second_factor_changed } from "../src/mail/templates/second-factor.ts";
import { audit_log } from "../src/tables/access.ts";
import { recovery_codes, second_factors, sessions } from "../src/tables/accounts.ts";
import { emails } from "../src/tables/mail.ts";
import { users } from "../src/tables/people.ts";
import { asCommand } from "./command.ts";

const USAGE = `npm run admin:reset-2fa -- --email you@example.org
Removes the second factor and recovery codes of the person with this verified address, and signs them out
everywhere. They get an email about it. First make sure that the request really comes from them.`;

/**
 * Removes a person's second factor. Throws if no one has verified the address, or if the person has no second factor.
 */
export async function resetSecondFactor(database_url: string, email: string): Promise<void> {
  const client = new Client({ connectionString: database_url });
  await client.connect();
  try {
    await drizzle(client).transaction(async (tx) => {
      // Locks the row, as the Worker does, so that sign-ins and changes to how the person signs in wait.
      const [person] = await tx
        .select({ id: users.id, first_name: users.first_name })
        .from(users)
        .where(and(eq(users.email, email), users.email_verified))
        .for("no key update");
      if (!person) throw new Error(`No one has the verified address ${email}.`);
      const [factor] = await tx
        .delete(second_factors)
        .where(and(eq(second_factors.user_id, person.id), isNotNull(second_factors.confirmed_at)))
        .returning({ id: second_factors.id });
      if (!factor) throw new Error(`${email} has no second factor.`);
      await tx.delete(recovery_codes).where(eq(recovery_codes.user_id, person.id));
      await tx
        .update(sessions)
        .set({ revoked_at: sql`now()`, revoked_reason: "second_factor_changed" })
        .where(and(eq(sessions.user_id, person.id), isNull(sessions.revoked_at)));
      const data: z.infer<typeof second_factor_changed.data> = { first_name: person.first_name, change: "reset" };
      await tx.insert(emails).values({ template: "second_factor_changed", to_email: email, user_id: person.id, data });
      await tx
        .insert(audit_log)
        .values({ action: "second_factor.reset", subject_type: "users", subject_id: person.id });
    });
  } finally {
    await client.end();
  }
}

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({ options: { email: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) return console.log(USAGE);
  const email = Email.safeParse(values.email);
  if (!email.success)
    throw new Error("Whose second factor? Pass their address: npm run admin:reset-2fa -- --email you@example.org");
  await resetSecondFactor(database_url, email.data);
  console.log(`${email.data} no longer has a second factor and was signed out everywhere. We have emailed them.`);
});
