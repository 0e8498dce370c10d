import { and, eq, inArray, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { ALL_PERMISSIONS, PERMISSIONS } from "../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../src/access/roles.ts";
import { permissions, role_permissions, roles } from "../src/tables/access.ts";
import { asCommand } from "./command.ts";

/** Writes the permissions and system roles. Running it again adds new ones and changes nothing else. */
export async function seed(database_url: string): Promise<void> {
  const client = new Client({ connectionString: database_url });
  await client.connect();
  try {
    await drizzle(client).transaction(async (tx) => {
      await tx
        .insert(permissions)
        .values(
          ALL_PERMISSIONS.map((code) => ({
            code,
            module: code.slice(0, code.indexOf(".")),
            description: PERMISSIONS[code],
          })),
        )
        .onConflictDoUpdate({
          target: permissions.code,
          set: { description: sql`excluded.description` },
          setWhere: sql`${permissions.description} <> excluded.description`,
        });
      for (const { permissions: granted, ...role } of SYSTEM_ROLES) {
        await tx
          .insert(roles)
          .values({ ...role, system: true })
          .onConflictDoNothing({ target: roles.code });
        if (granted.length === 0) continue;
        await tx
          .insert(role_permissions)
          .select(
            tx
              .select({
                role_id: roles.id,
                permission_id: permissions.id,
                created_at: sql`now()`.as("created_at"),
                updated_at: sql`now()`.as("updated_at"),
              })
              .from(roles)
              .innerJoin(permissions, inArray(permissions.code, granted))
              .where(and(eq(roles.code, role.code), roles.system)),
          )
          .onConflictDoNothing();
      }
    });
  } finally {
    await client.end();
  }
}

await asCommand(import.meta, async ({ database_url }) => {
  await seed(database_url);
  console.log(`${ALL_PERMISSIONS.length} permissions and ${SYSTEM_ROLES.length} system roles are in place.`);
});
