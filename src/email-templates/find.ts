import { eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { type ChangedWords, selectChangedWords, wordsKey } from "../mail/changed-words.ts";
import { composeMail } from "../mail/compose.ts";
import type { Template } from "../mail/letter.ts";
import { render } from "../mail/render.ts";
import { TEMPLATES } from "../mail/templates.ts";
import { placeholdersFor, type Texts } from "../mail/words.ts";
import { type MailSender, selectMailSender } from "../organisation/organisation.ts";
import { email_templates } from "../tables/mail.ts";
import type { EmailTemplate, EmailTemplateList, Wording } from "./schemas.ts";

/** Those with words of their own. */
const templates = new Map(Object.entries<Template>(TEMPLATES).filter(([key]) => wordsKey(key) === key));

/** The template of this key, if there is one. */
export const findTemplate = (key: string): Template | undefined => templates.get(key);

/** 404 without such a template. */
export const guardTemplate = (t: Plan, key: string): void =>
  t.guard(
    sql`${findTemplate(key) !== undefined}::boolean`,
    404,
    "email_template_not_found",
    "There is no such email template.",
  );

/** Every template, by key. */
export async function listEmailTemplates(ctx: SignedInContext): Promise<EmailTemplateList> {
  const changed = await ctx.transact((t) => t.many(selectChangedWords()));
  const items = [...templates].map(([key, template]) => {
    const words = changed.find((each) => each.key === key);
    return { key, subject: words?.subject ?? template.words.subject ?? "", changed: words !== undefined };
  });
  return { items: items.sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

/** The row that holds what was changed, and what the preview needs. */
export const selectForPreview = (t: Plan, { settings }: Pick<SignedInContext, "settings">, key: string) => ({
  changed: t.maybe(selectChangedWords().where(eq(email_templates.key, key))),
  organisation: t.one(selectMailSender(settings)),
});

/** A template with its original and its changed words. 404 without such a template. */
export async function getEmailTemplate(ctx: SignedInContext, key: string): Promise<EmailTemplate> {
  const found = await ctx.transact((t) => {
    guardTemplate(t, key);
    return selectForPreview(t, ctx, key);
  });
  return describeTemplate(ctx, key, found);
}

interface Found {
  changed: ChangedWords | null;
  organisation: MailSender;
}

export function describeTemplate({ settings }: Context, key: string, { changed, organisation }: Found): EmailTemplate {
  const template = findTemplate(key);
  if (!template) throw new Error(`There is no template ${key}`);
  const letter = composeMail(template, template.sample, {
    settings,
    organisation,
    token: template.link && "preview",
    changed: changed ?? undefined,
  });
  const { subject = "", ...texts } = template.words;
  const wording = (name: string, original: string, words: string | null | undefined): Wording => {
    const { allowed, required } = placeholdersFor(original, template.words);
    return { name, original, changed: words ?? null, placeholders: allowed, required };
  };
  const given: Texts = changed?.texts ?? {};
  return {
    key,
    subject: wording("subject", subject, changed?.subject),
    texts: Object.entries(texts).map(([name, original]) => wording(name, original, given[name])),
    preview: { subject: letter.subject, preheader: letter.preheader, ...render(letter, organisation) },
  };
}
