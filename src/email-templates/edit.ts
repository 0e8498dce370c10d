import { and, eq, isNull, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { email_templates } from "../tables/mail.ts";
import { describeTemplate, findTemplate, guardTemplate, selectForPreview } from "./find.ts";
import { assertFits } from "./fits.ts";
import type { EmailTemplate, EmailTemplateChange } from "./schemas.ts";

/**
 * Changes the words that are named; null takes the original back. 404 without such a template, 400 for a text that the
 * template does not have and for placeholders that are unknown or missing.
 */
export async function editEmailTemplate(
  ctx: SignedInContext,
  key: string,
  { subject, texts = {} }: EmailTemplateChange,
): Promise<EmailTemplate> {
  const template = findTemplate(key);
  if (template) assertFits(template, { subject, texts });
  const words = JSON.stringify(Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null)));
  const taken_back = Object.keys(texts).filter((name) => texts[name] === null);
  const found = await ctx.transact((t) => {
    guardTemplate(t, key);
    t.effect(
      query
        .insert(email_templates)
        .values({ key, subject: subject ?? null, texts: sql`${words}::jsonb` })
        .onConflictDoUpdate({
          target: email_templates.key,
          set: {
            ...(subject !== undefined && { subject }),
            texts: sql`(${email_templates.texts} || ${words}::jsonb) - ${sql.param(taken_back)}::text[]`,
          },
        }),
    );
    t.effect(
      query
        .delete(email_templates)
        .where(
          and(
            eq(email_templates.key, key),
            isNull(email_templates.subject),
            eq(email_templates.texts, sql`'{}'::jsonb`),
          ),
        ),
    );
    return selectForPreview(t, ctx, key);
  });
  return describeTemplate(ctx, key, found);
}
