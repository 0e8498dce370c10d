import { and } from "drizzle-orm";
import { html, raw } from "hono/html";
import { unsign } from "../access/signatures.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { page } from "../http/page.ts";
import { contentColumns } from "../mail/newsletter-content.ts";
import { selectOrganisation } from "../organisation/organisation.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { newsletterAsHtml } from "./as-html.ts";
import { newsletterIsInArchive } from "./find.ts";
import { isNewsletter, NEWSLETTER_NOT_FOUND } from "./guards.ts";
import type { NewsletterInBrowser } from "./schemas.ts";

/**
 * A newsletter for whoever has the link in its mail, while it is in the archive. It holds nothing about them. 400 unless we
 * made the link, 404 if it is not there.
 */
export async function readNewsletter(ctx: Context, token: string): Promise<NewsletterInBrowser> {
  const newsletter_id = await unsign(ctx.settings, "newsletter", token);
  if (!newsletter_id) throw new Refusal(400, "link_not_valid", "This link is not valid.");
  const { content, organisation } = await ctx.transact((t) => ({
    content: t.one(
      query
        .select(contentColumns)
        .from(newsletter_archives)
        .where(and(isNewsletter(newsletter_id), newsletterIsInArchive)),
      new Refusal(...NEWSLETTER_NOT_FOUND),
    ),
    organisation: t.one(selectOrganisation(ctx.settings)),
  }));
  const { name, primary_colour, accent_colour, logo_url, logo_dark_url, time_zone } = organisation;
  return {
    title: content.title,
    html: await newsletterAsHtml(content, time_zone),
    organisation: { name, primary_colour, accent_colour, logo_url, logo_dark_url },
  };
}

/** The page that the link in the mail opens. */
export const newsletterPage = ({ title, html: written, organisation }: NewsletterInBrowser, settings: Settings) =>
  page({ title, message: "", organisation }, settings, html`<article>${raw(written)}</article>`);
