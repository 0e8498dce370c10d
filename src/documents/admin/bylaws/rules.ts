import { and, eq, getTableColumns, isNotNull, ne, not, or, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../../database/plan.ts";
import { query } from "../../../database/query.ts";
import { bylaws_documents, document_acceptances } from "../../../tables/documents.ts";
import { guardDocument } from "../document.ts";
import type { BylawsChange } from "../schemas.ts";

const COLUMNS = getTableColumns(bylaws_documents);

/** What people accepted must stay what they read. */
const FIXED = ["document_type", "document_location", "version"] as const;

/** How many people accepted a row of `bylaws_documents`. */
export const acceptances: SQL<number> = sql<number>`(select count(*)::int from ${document_acceptances}
  where ${sql`${document_acceptances.document_id} = ${bylaws_documents.id}`})`;

/** Whoever changes which version is in force waits for others who do. */
export const lockVersions = (t: Plan): void =>
  t.effect(query.execute(sql`select pg_advisory_xact_lock(hashtextextended('bylaws_documents', 0))`));

/** 409 if people accepted this version. `unless` says when that does not matter. */
export const guardNotAccepted = (t: Plan, id: string, unless?: SQL): void =>
  guardDocument(
    t,
    bylaws_documents,
    id,
    or(sql`${acceptances} = 0`, unless),
    "document_accepted",
    "People have accepted this version, so what they read must stay. Please add a new version instead.",
  );

/** 409 if a change would alter what people accepted. */
export function guardText(t: Plan, id: string, change: BylawsChange): void {
  const same = FIXED.flatMap((name) =>
    change[name] === undefined ? [] : [sql`${COLUMNS[name]} is not distinct from ${change[name]}`],
  );
  if (same.length > 0) guardNotAccepted(t, id, and(...same));
}

/** 409 if this version is in force. */
export const guardNotCurrent = (t: Plan, id: string): void =>
  guardDocument(
    t,
    bylaws_documents,
    id,
    not(eq(bylaws_documents.current, true)),
    "document_current",
    "This version is in force. Please put another version in force first.",
  );

/** The kind of a document, as SQL. */
export const kindOfDocument = (id: string): SQL =>
  sql`(select this.kind from ${bylaws_documents} as this where this.id = ${id})`;

/** 409 if another version of this kind has the name. */
export const guardVersion = (t: Plan, id: string, kind: SQL | string, version: string): void =>
  t.guard(
    sql`not exists (select from ${bylaws_documents} where ${bylaws_documents.kind} = ${kind}
      and ${bylaws_documents.version} = ${version} and ${bylaws_documents.id} <> ${id})`,
    409,
    "version_exists",
    `There is already a version called "${version}".`,
  );

/** Puts a version in force if that is wanted, or if it is the first of its kind that is published. 409 for a draft. */
export function settleCurrent(t: Plan, id: string, wanted: boolean | undefined): void {
  const kind = kindOfDocument(id);
  const isCurrent = and(eq(bylaws_documents.kind, kind), bylaws_documents.current);
  if (wanted) {
    guardDocument(
      t,
      bylaws_documents,
      id,
      isNotNull(bylaws_documents.published_at),
      "document_not_published",
      "A draft cannot be in force. Please publish it too.",
    );
    t.effect(
      query
        .update(bylaws_documents)
        .set({ current: false })
        .where(and(isCurrent, ne(bylaws_documents.id, id))),
    );
  }
  const isFirst = sql`not exists (select from ${bylaws_documents} as other where other.kind = ${kind} and other.current)`;
  t.effect(
    query
      .update(bylaws_documents)
      .set({ current: true })
      .where(and(eq(bylaws_documents.id, id), isNotNull(bylaws_documents.published_at), isFirst)),
  );
}
