import { database } from "../test/harness/platform.ts";
import { FIRST, MANY, measureExport, timeOf } from "./exports.ts";
import { inBulk } from "./in-bulk.ts";

/** In the addresses of the people made here, and nowhere else. */
const MARK = "@a-million.example";

/** The indexes of other lists, as they are to be made again. */
let others: string[] = [];

/** How much more peak memory, in MiB, workerd needs to export a million people than a quarter of that. */
export const measurePeopleExport = (): Promise<number> =>
  measureExport({
    of: "people",
    permission: "users.export",
    path: (rows) => `/api/admin/users/export?joined_from=${FIRST.toISOString()}&joined_to=${timeOf(rows)}`,
    insert: insertPeople,
    forget: forgetPeople,
  });

/** Skips triggers, because only the rows matter here, and the indexes that an export does not need: they take minutes. */
async function insertPeople(): Promise<void> {
  const { rows } = await database.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes
     where tablename = 'users' and indexdef not like 'CREATE UNIQUE%' and indexname not like 'users_joined%'`,
  );
  others = rows.map(({ made }) => made);
  for (const { name } of rows) await database.query(`drop index ${name}`);
  await inBulk(
    ["users"],
    `insert into users (email, first_name, last_name, phone, address, birthday, bio, status, role, email_verified, joined_at, created_at)
     select 'robin.' || n || '${MARK}', 'Robin', 'Example ' || n, '+1212555' || lpad((n % 10000)::text, 4, '0'),
       n || ' Example Street, New York', date '1950-01-01' + n % 18000, repeat('Likes music. ', n % 20),
       'active', 'member', true, at, at
     from generate_series(0, ${MANY - 1}) n, lateral (select timestamptz '${FIRST.toISOString()}' + n * interval '1 minute' as at) a`,
  );
}

async function forgetPeople(): Promise<void> {
  await inBulk(
    [],
    `delete from users where email like '%${MARK}' and joined_at < '${timeOf(MANY)}'`,
    "delete from audit_log where action = 'users.exported'",
  );
  for (const made of others) await database.query(made);
}
