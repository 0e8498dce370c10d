import { and, not, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import type { SignedInContext } from "../http/context.ts";
import { acceptDocuments, asksEverybody, isAcceptedBy, selectAccepted } from "../people/acceptances.ts";
import { bylaws_documents } from "../tables/documents.ts";
import { selectBylaws } from "./find.ts";
import type { DocumentsAccepted, MyDocuments } from "./schemas.ts";
import { forMembers } from "./urls.ts";

const readMine = (t: Plan, user_id: string) => ({
  accepted: t.many(selectAccepted(user_id)),
  asked: t.many(
    selectBylaws()
      .where(and(asksEverybody, not(isAcceptedBy(sql`${user_id}::uuid`))))
      .orderBy(bylaws_documents.kind),
  ),
});

/** What I accepted, and what I am asked to accept. */
export async function listMyDocuments(ctx: SignedInContext): Promise<MyDocuments> {
  const { accepted, asked } = await ctx.transact((t) => readMine(t, ctx.user_id));
  return { accepted, asked: await Promise.all(asked.map((row) => forMembers(ctx, row))) };
}

/** Notes that I accept these versions. Repeating changes nothing. 409 unless each is current. */
export async function acceptMyDocuments(
  ctx: SignedInContext,
  { document_ids }: DocumentsAccepted,
): Promise<MyDocuments> {
  const { accepted, asked } = await ctx.transact((t) => {
    acceptDocuments(t, ctx.user_id, document_ids);
    return readMine(t, ctx.user_id);
  });
  return { accepted, asked: await Promise.all(asked.map((row) => forMembers(ctx, row))) };
}
