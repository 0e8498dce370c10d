import { and, eq, not, type SQL, sql } from "drizzle-orm";
import type { Plan, Values } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { ErrorCode } from "../../http/error-codes.ts";
import type { Upload } from "../../http/upload.ts";
import { storeDocument } from "../../storage/store-document.ts";
import { nameOf } from "../../tables/people.ts";
import { DOCUMENT_NOT_FOUND, type DocumentTable, isPublished } from "../find.ts";

/** The columns that volunteers see besides those that members see. */
export const managedDocumentColumns = <Table extends DocumentTable>({ created_by, created_at, updated_at }: Table) => ({
  created_by,
  created_by_name: nameOf(created_by),
  created_at,
  updated_at,
});

/** Locks a document, also against people who accept it meanwhile. 404 without one. */
export const lockDocument = (t: Plan, table: DocumentTable, id: string): void =>
  t.guard(
    sql`(select ${table.id} from ${table} where ${eq(table.id, id)} for update) is not null`,
    ...DOCUMENT_NOT_FOUND,
  );

/** A rule about the document: a condition on its table. */
export const guardDocument = (
  t: Plan,
  table: DocumentTable,
  id: string,
  holds: SQL | undefined,
  code: ErrorCode,
  sentence: string,
): void => t.guard(sql`exists (select from ${table} where ${and(eq(table.id, id), holds)})`, 409, code, sentence);

interface Change {
  title?: string | undefined;
  document_type?: "link" | "upload" | undefined;
  document_location?: string | null | undefined;
  published?: boolean | undefined;
}

/**
 * The columns that a change sets: what is left out stays. Publishing again keeps the time. A link has no file, and an upload
 * no address.
 */
export function columnsOf<Input extends Change>({ published, ...columns }: Input, { published_at }: DocumentTable) {
  const { document_type } = columns;
  return {
    ...(document_type === "upload" && { document_location: null }),
    ...(document_type === "link" && { file_id: null }),
    ...columns,
    ...(published !== undefined && { published_at: published ? sql`coalesce(${published_at}, now())` : null }),
  };
}

/** What must hold after every change. 400 for a link without an address, 409 for a published upload without a file. */
export function guardComplete(t: Plan, table: DocumentTable, id: string): void {
  const isLink = eq(table.document_type, "link");
  t.valid(
    sql`exists (select from ${table} where ${and(eq(table.id, id), sql`(${isLink}) = (${table.document_location} is not null)`)})`,
    "document_location",
    "is needed for a link, and must be null for an upload",
  );
  guardDocument(
    t,
    table,
    id,
    sql`(${isLink} or ${table.file_id} is not null or ${not(isPublished(table))})`,
    "document_without_file",
    "This document has no file yet. Please upload it, and publish the document then.",
  );
}

/** Stores the PDF of a document, in place of the file or the link before. 404 without such a document. */
export function storeFile<Shape>(
  ctx: SignedInContext,
  table: DocumentTable,
  { id, upload, check }: { id: string; upload: Upload; check: (t: Plan) => void },
  read: (t: Plan) => Shape,
): Promise<Values<Shape>> {
  const guard = (t: Plan) => {
    lockDocument(t, table, id);
    check(t);
  };
  return storeDocument(
    ctx,
    upload,
    (t, file_id) => {
      guard(t);
      // A trigger marks the file before as deleted.
      t.effect(
        query.execute(sql`
          update ${table} set document_type = 'upload', document_location = null, file_id = ${file_id}
          where ${eq(table.id, id)}`),
      );
      return () => read(t);
    },
    guard,
  );
}
