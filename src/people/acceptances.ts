import { and, desc, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { Id, Instant } from "../http/schemas.ts";
import { bylaws_documents, document_acceptances } from "../tables/documents.ts";
import { users } from "../tables/people.ts";
import { idsOf } from "./person.ts";

/** The rules that people accept. */
export const DocumentKind = z.enum(bylaws_documents.kind.enumValues).meta({ id: "DocumentKind" });

/** Versions of our rules that somebody accepts. */
export const AcceptedIds = z.array(Id).max(20);

/** A version that somebody accepted. */
export const acceptedFields = {
  id: Id,
  kind: DocumentKind,
  title: z.string(),
  version: z.string(),
  accepted_at: Instant,
};

/** The columns of {@link acceptedFields}, from `document_acceptances` joined with their documents. */
export const acceptedColumns = {
  id: bylaws_documents.id,
  kind: bylaws_documents.kind,
  title: bylaws_documents.title,
  version: bylaws_documents.version,
  accepted_at: document_acceptances.accepted_at,
};

/** What a person accepted, newest first. */
export const selectAccepted = (user_id: string) =>
  query
    .select(acceptedColumns)
    .from(document_acceptances)
    .innerJoin(bylaws_documents, eq(bylaws_documents.id, document_acceptances.document_id))
    .where(eq(document_acceptances.user_id, user_id))
    .orderBy(desc(document_acceptances.accepted_at), desc(bylaws_documents.id));

/**
 * Notes that somebody accepts these versions of our rules. Accepting one again changes nothing. 409 unless each is current:
 * people accept what they were shown last.
 */
export function acceptDocuments(t: Plan, user_id: string, ids: readonly string[]): void {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const areThese = sql`(${and(sql`${bylaws_documents.id} = any (${idsOf(...wanted)})`, bylaws_documents.current)})`;
  // Locked, so that nobody changes a version while somebody accepts it.
  t.guard(
    sql`(select count(*) from (select from ${bylaws_documents} where ${areThese} for share) as found) = ${wanted.length}`,
    409,
    "document_not_current",
    "These documents are not the current ones. Please read the current ones and accept those.",
  );
  t.effect(
    query.execute(sql`
      insert into ${document_acceptances} (user_id, document_id)
      select ${user_id}::uuid, ${bylaws_documents.id} from ${bylaws_documents} where ${areThese}
      on conflict do nothing`),
  );
}

/** Whether somebody accepted a row of `bylaws_documents`. */
export const isAcceptedBy = (user_id: SQLWrapper): SQL =>
  sql`exists (select from ${document_acceptances}
    where ${document_acceptances.document_id} = ${bylaws_documents.id} and ${document_acceptances.user_id} = ${user_id})`;

/** Whether a row of `bylaws_documents` is a new version that everybody is asked to accept. */
export const asksEverybody: SQL = sql`(${and(bylaws_documents.current, bylaws_documents.asks_again)})`;

/** Whether a row of `users` has something to accept. */
export const personIsAskedToAccept: SQL = sql`exists (select from ${bylaws_documents}
  where ${asksEverybody} and not ${isAcceptedBy(users.id)})`;
