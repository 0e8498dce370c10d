import { and, eq, not, sql } from "drizzle-orm";
import type { Plan } from "../../../database/plan.ts";
import { query } from "../../../database/query.ts";
import type { SignedInContext } from "../../../http/context.ts";
import { Refusal } from "../../../http/errors.ts";
import { listPageWithTotal } from "../../../http/pagination.ts";
import { contains } from "../../../http/search.ts";
import { bylaws_documents } from "../../../tables/documents.ts";
import { stored_files } from "../../../tables/files.ts";
import { bylawsColumns, DOCUMENT_NOT_FOUND, isFileOf, isPublished, LATEST_EFFECT_FIRST } from "../../find.ts";
import { pageWithUrls, withUrl } from "../../urls.ts";
import { managedDocumentColumns } from "../document.ts";
import type { ManagedBylaws, ManagedBylawsFilters, ManagedBylawsPage } from "../schemas.ts";
import { acceptances } from "./rules.ts";

const columns = { ...bylawsColumns, ...managedDocumentColumns(bylaws_documents), accepted_by: acceptances };

const selectManaged = () =>
  query.select(columns).from(bylaws_documents).leftJoin(stored_files, isFileOf(bylaws_documents));

export const readBylaws = (t: Plan, id: string) =>
  t.one(selectManaged().where(eq(bylaws_documents.id, id)), new Refusal(...DOCUMENT_NOT_FOUND));

/** A page of all versions of all rules with their drafts. What takes effect last comes first. */
export async function listManagedBylaws(
  ctx: SignedInContext,
  { kind, current, published, search, ...paging }: ManagedBylawsFilters,
): Promise<ManagedBylawsPage> {
  const isOut = isPublished(bylaws_documents);
  const matching = and(
    kind && eq(bylaws_documents.kind, kind),
    current === undefined ? undefined : eq(bylaws_documents.current, current),
    published === undefined ? undefined : published ? isOut : not(isOut),
    contains(sql`${bylaws_documents.title}`, search),
  );
  const page = await ctx.transact((t) => listPageWithTotal(t, LATEST_EFFECT_FIRST, selectManaged, paging, matching));
  return pageWithUrls(page, (row) => withUrl(ctx, row));
}

/** A version, also a draft. 404 without one. */
export const getManagedBylaws = async (ctx: SignedInContext, id: string): Promise<ManagedBylaws> =>
  withUrl(ctx, await ctx.transact((t) => readBylaws(t, id)));
