import * as z from "zod";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson } from "../../people/person.ts";
import { selectTwinsOf, Twin } from "../../people/twins.ts";
import { auditOpening } from "./opening.ts";

export const Twins = z.object({ items: z.array(Twin) }).meta({ id: "Twins" });
export type Twins = z.infer<typeof Twins>;

/** Likely twins of a person, by what neither hides from volunteers. 404 if there is no such person. */
export async function listTwins(ctx: SignedInContext, id: string): Promise<Twins> {
  const items = await ctx.transact((t) => {
    guardPerson(t, id);
    auditOpening(t, ctx, id);
    return t.many(selectTwinsOf(id));
  });
  return { items };
}
