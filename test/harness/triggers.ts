import { randomUUID } from "node:crypto";
import { sql } from "./platform.ts";

/**
 * Makes PostgreSQL fail the first `times` changes of a row while `work` runs.
 *
 * @param raise the argument of PL/pgSQL's `raise`, where `new` is the row
 */
export async function whileFailing<T>(
  {
    table,
    on,
    id,
    raise,
    times = 1000,
  }: { table: string; on: "insert" | "update"; id: string; raise: string; times?: number },
  work: () => Promise<T>,
): Promise<T> {
  const name = `failing_${randomUUID().replaceAll("-", "_")}`;
  // A sequence keeps counting when a transaction is rolled back. The application's role may not use it directly.
  await sql(`create sequence ${name}`);
  await sql(`create function ${name}() returns trigger language plpgsql security definer as $$
    begin
      if nextval('${name}') <= ${times} then raise ${raise}; end if;
      return new;
    end $$`);
  await sql(`create trigger ${name} before ${on} on ${table} for each row
    when (new.id = '${id}') execute function ${name}()`);
  try {
    return await work();
  } finally {
    await sql(`drop function ${name}() cascade`);
    await sql(`drop sequence ${name}`);
  }
}
