import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { migrate } from "../migrate.ts";
import { seed } from "../seed.ts";
import { claimDatabase } from "./claim.ts";
import type { Step } from "./step.ts";

/** Migrates and seeds, then makes the login that the Worker connects with: docs/operations.md, The database role. */
export const database: Step = {
  name: "Database",
  async run(setup) {
    const { owner_database_url: owner, login } = setup;
    if (!owner) return setup.say("not touched: OWNER_DATABASE_URL was not given");
    if (setup.dry_run) return setup.say(`would migrate, seed, and make the login ${login} unless it is there`);
    await migrate(owner);
    await seed(owner);
    await claimDatabase(owner, setup.target);
    setup.say("migrated and seeded");
    if (setup.vars.DATABASE_URL) return setup.say("DATABASE_URL was given, so no login is made");
    const client = new Client({ connectionString: owner });
    await client.connect();
    try {
      const { rows } = await client.query("select from pg_roles where rolname = $1", [login]);
      if (rows.length > 0) {
        if (!setup.stored.has("DATABASE_URL"))
          throw new Error(
            `The login ${login} exists, but the Worker does not have its password. Give DATABASE_URL, or make a second login: docs/deploying.md, Rotating secrets.`,
          );
        return setup.say(`the login ${login} is there and stays`);
      }
      const password = randomBytes(24).toString("hex");
      await client.query(
        `create role ${escapeIdentifier(login)} login password ${escapeLiteral(password)} in role loaf_app`,
      );
      const address = new URL(owner);
      address.username = login;
      address.password = password;
      setup.vars.DATABASE_URL = address.href;
      setup.say(`made the login ${login}`);
    } finally {
      await client.end();
    }
  },
};
