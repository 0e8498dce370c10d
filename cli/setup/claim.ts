import { Client } from "pg";
import { unreachable } from "../../local/database-url.ts";
import type { SetupTarget } from "./step.ts";

/**
 * A database's comment says which environment it belongs to. So we notice an address that the terminal still has from the other
 * environment. A branch has the comment too, until `npm run anonymise` removes it.
 */
const COMMENT = /^LOAF (staging|production)$/;

/** Throws if the owner's address leads to the database of the other environment. */
export async function refuseForeignDatabase(owner_database_url: string, target: SetupTarget): Promise<void> {
  const said = await asOwner(owner_database_url, async (client) => {
    const { rows } = await client.query<{ comment: string | null }>(
      "select shobj_description(oid, 'pg_database') as comment from pg_database where datname = current_database()",
    );
    return rows[0]?.comment ?? "";
  });
  const [, whose = target] = COMMENT.exec(said) ?? [];
  if (whose !== target)
    throw new Error(
      `Nothing was changed: OWNER_DATABASE_URL names the database of ${whose}, not of ${target}. If it is a copy, run npm run anonymise on it first.`,
    );
}

/** Only the database's owner may comment on it. For another role, the database stays unmarked, and nothing fails. */
export async function claimDatabase(owner_database_url: string, target: SetupTarget): Promise<void> {
  await asOwner(owner_database_url, (client) => client.query(commentOnDatabase(`'LOAF ${target}'`)));
}

export const commentOnDatabase = (comment: string): string =>
  `do $$ begin execute format('comment on database %I is %s', current_database(), $comment$${comment}$comment$);
   exception when insufficient_privilege then null; end $$`;

async function asOwner<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    const sentence = unreachable("OWNER_DATABASE_URL", url, error);
    throw sentence === undefined ? error : new Error(sentence);
  } finally {
    await client.end().catch(() => undefined);
  }
}
