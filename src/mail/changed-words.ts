import { query } from "../database/query.ts";
import { email_templates } from "../tables/mail.ts";

/** What volunteers changed in the words of all templates. Few rows: only those that they changed. */
export const selectChangedWords = () =>
  query
    .select({ key: email_templates.key, subject: email_templates.subject, texts: email_templates.texts })
    .from(email_templates);

export type ChangedWords = Awaited<ReturnType<typeof selectChangedWords>>[number];

/** The template whose words a mail has. A test of a newsletter has no words of its own. */
export const wordsKey = (template: string): string => (template === "newsletter_test" ? "newsletter" : template);
