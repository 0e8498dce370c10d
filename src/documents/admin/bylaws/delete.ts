import { eq } from "drizzle-orm";
import { query } from "../../../database/query.ts";
import type { SignedInContext } from "../../../http/context.ts";
import type { Message } from "../../../http/schemas.ts";
import { removeUnneededFiles } from "../../../storage/remove.ts";
import { bylaws_documents } from "../../../tables/documents.ts";
import { lockDocument } from "../document.ts";
import { guardNotAccepted, guardNotCurrent, lockVersions } from "./rules.ts";

/** Deletes a version and its file. 404 without one. 409 if it is in force, or if people accepted it. */
export async function deleteBylaws(ctx: SignedInContext, id: string): Promise<Message> {
  await ctx.transact((t) => {
    lockVersions(t);
    lockDocument(t, bylaws_documents, id);
    guardNotCurrent(t, id);
    guardNotAccepted(t, id);
    t.effect(query.delete(bylaws_documents).where(eq(bylaws_documents.id, id)));
  });
  ctx.afterwards(removeUnneededFiles);
  return { message: "The version was deleted." };
}
