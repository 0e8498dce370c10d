import { eq } from "drizzle-orm";
import { query } from "../../../database/query.ts";
import type { SignedInContext } from "../../../http/context.ts";
import { removeUnneededFiles } from "../../../storage/remove.ts";
import { bylaws_documents } from "../../../tables/documents.ts";
import { withUrl } from "../../urls.ts";
import { columnsOf, guardComplete, lockDocument } from "../document.ts";
import type { BylawsChange, ManagedBylaws } from "../schemas.ts";
import { readBylaws } from "./find.ts";
import {
  guardNotAccepted,
  guardNotCurrent,
  guardText,
  guardVersion,
  kindOfDocument,
  lockVersions,
  settleCurrent,
} from "./rules.ts";

/**
 * Changes what is named. 404 without such a version. 409 as for a new one, if the version in force would no longer be, and if
 * people accepted what would change.
 */
export async function editBylaws(ctx: SignedInContext, id: string, change: BylawsChange): Promise<ManagedBylaws> {
  const { current, ...rest } = change;
  const set = columnsOf(rest, bylaws_documents);
  const bylaws = await ctx.transact((t) => {
    lockVersions(t);
    lockDocument(t, bylaws_documents, id);
    if (current === false || change.published === false) guardNotCurrent(t, id);
    guardText(t, id, change);
    if (change.published === false) guardNotAccepted(t, id);
    if (change.version !== undefined) guardVersion(t, id, kindOfDocument(id), change.version);
    if (Object.keys(set).length > 0)
      t.effect(query.update(bylaws_documents).set(set).where(eq(bylaws_documents.id, id)));
    guardComplete(t, bylaws_documents, id);
    settleCurrent(t, id, current);
    return readBylaws(t, id);
  });
  ctx.afterwards(removeUnneededFiles);
  return withUrl(ctx, bylaws);
}
