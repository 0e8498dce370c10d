import { sql } from "drizzle-orm";
import { toPerson } from "../accounts/address.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { TEMPLATES, type TemplateKey } from "../mail/templates.ts";
import { findTemplate, guardTemplate } from "./find.ts";

const isKey = (key: string): key is TemplateKey => Object.hasOwn(TEMPLATES, key);

/** Mails a template to whoever asks, with sample data and the words as they are now. 404 without such a template. */
export async function sendTestEmail(ctx: SignedInContext, key: string): Promise<Message> {
  const sample = { ...(findTemplate(key)?.sample as object | undefined), is_test: true };
  const data = Object.fromEntries(
    Object.entries(sample).map(([name, value]) => [name, sql`${JSON.stringify(value)}::jsonb`]),
  );
  await ctx.transact((t) => {
    guardTemplate(t, key);
    if (isKey(key)) t.mail(key, { ...toPerson(ctx.user_id), data });
  });
  return { message: "We are sending you this email with sample data. Its link leads nowhere." };
}
