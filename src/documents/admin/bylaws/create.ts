import { sql } from "drizzle-orm";
import { query } from "../../../database/query.ts";
import type { SignedInContext } from "../../../http/context.ts";
import { bylaws_documents } from "../../../tables/documents.ts";
import { withUrl } from "../../urls.ts";
import { guardComplete } from "../document.ts";
import type { ManagedBylaws, NewBylaws } from "../schemas.ts";
import { readBylaws } from "./find.ts";
import { guardVersion, lockVersions, settleCurrent } from "./rules.ts";

/**
 * Adds a version. 400 for a link without an address. 409 if the kind has a version of this name, for an upload that should be
 * published without its file, and for a draft that should be in force.
 */
export async function createBylaws(ctx: SignedInContext, details: NewBylaws): Promise<ManagedBylaws> {
  const id = crypto.randomUUID();
  const { published, current, ...values } = details;
  const bylaws = await ctx.transact((t) => {
    lockVersions(t);
    guardVersion(t, id, values.kind, values.version);
    t.effect(
      query
        .insert(bylaws_documents)
        .values({ ...values, id, created_by: ctx.user_id, published_at: published ? sql`now()` : null }),
    );
    guardComplete(t, bylaws_documents, id);
    settleCurrent(t, id, current);
    return readBylaws(t, id);
  });
  return withUrl(ctx, bylaws);
}
