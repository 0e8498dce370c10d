import { parseArgs } from "node:util";
import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { passwordFault } from "../src/accounts/password-rules.ts";
import { hashPassword } from "../src/accounts/passwords.ts";
import { Registration } from "../src/accounts/schemas.ts";
import { roles, user_role_assignments } from "../src/tables/access.ts";
import { users } from "../src/tables/people.ts";
import { asCommand, askAtTerminal } from "./command.ts";

const USAGE = `npm run admin:create -- [--email you@example.org] [--first-name Alex] [--last-name Example]
Asks for anything you leave out. Reads the password from ADMIN_PASSWORD, or asks for it.`;

const Admin = Registration.pick({ email: true, password: true, first_name: true, last_name: true });

/** Creates an active superadmin, or makes the person with this verified address one. Their password does not change. */
export async function createAdmin(database_url: string, input: unknown): Promise<"created" | "promoted"> {
  const parsed = Admin.safeParse(input);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"));
  const { password, ...person } = parsed.data;
  const fault = passwordFault(password, person);
  if (fault) throw new Error(`password: ${fault}`);
  const client = new Client({ connectionString: database_url });
  await client.connect();
  try {
    return await drizzle(client).transaction(async (tx) => {
      const [superadmin] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.code, "superadmin"));
      if (!superadmin) throw new Error("The roles are missing. Run `npm run db:seed` first.");
      const [known] = await tx
        .update(users)
        .set({ status: "active" })
        .where(and(eq(users.email, person.email), users.email_verified))
        .returning({ id: users.id });
      const [created] = known
        ? []
        : await tx
            .insert(users)
            .values({ ...person, password_hash: hashPassword(password), email_verified: true, status: "active" })
            .returning({ id: users.id });
      const admin = known ?? created;
      if (!admin) throw new Error("The database did not store the person");
      await tx
        .insert(user_role_assignments)
        .values({ user_id: admin.id, role_id: superadmin.id })
        .onConflictDoNothing();
      return known ? "promoted" : "created";
    });
  } finally {
    await client.end();
  }
}

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({
    options: {
      email: { type: "string" },
      "first-name": { type: "string" },
      "last-name": { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  await askAtTerminal(async (question) => {
    const ask = async (given: string | undefined, text: string) => given ?? question(text);
    const email = await ask(values.email, "Email");
    const first_name = await ask(values["first-name"], "First name");
    const last_name = await ask(values["last-name"], "Last name");
    const password = await ask(process.env.ADMIN_PASSWORD, "Password (8 characters or more; it is shown as you type)");
    const outcome = await createAdmin(database_url, { email, first_name, last_name, password });
    console.log(
      outcome === "created"
        ? `${email} is now a superadmin and can sign in.`
        : `${email} already had an account and is now a superadmin. Their password has not changed.`,
    );
  });
});
