import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson, isPerson } from "../../people/person.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { selectTwinsOf } from "../../people/twins.ts";
import { users } from "../../tables/people.ts";
import { auditSensitive } from "./opening.ts";
import { type SensitiveDetails, sensitiveColumns } from "./sensitive-schemas.ts";

/** What a person hides, and their legal name. Their access log shows who read it. 404 if there is no such person. */
export async function readSensitive(ctx: SignedInContext, id: string): Promise<SensitiveDetails> {
  const { details, twins } = await ctx.transact((t) => {
    guardPerson(t, id);
    auditSensitive(t, ctx, id);
    return {
      details: t.one(query.select(sensitiveColumns).from(users).where(isPerson(id))),
      twins: t.many(selectTwinsOf(id, { sealed: true })),
    };
  });
  return { ...(await withPhotoUrls(ctx, details)), twins };
}
