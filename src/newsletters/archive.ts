import { and, type SQL, sql } from "drizzle-orm";
import { html, raw } from "hono/html";
import { unsign } from "../access/signatures.ts";
import { query } from "../database/query.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { page } from "../http/page.ts";
import { listPage, type Order } from "../http/pagination.ts";
import { contentColumns, type NewsletterContent } from "../mail/newsletter-content.ts";
import { selectOrganisation } from "../organisation/organisation.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { isWithin } from "../time/days.ts";
import { moment } from "../time/format.ts";
import { fileKey, newsletterIsInArchive, urlOf } from "./find.ts";
import { isNewsletter, NEWSLETTER_NOT_FOUND } from "./guards.ts";
import type { ArchivedNewsletter, ArchiveFilters, Newsletter, NewsletterInBrowser, NewsletterPage } from "./schemas.ts";

const { id, title, description, document_type } = newsletter_archives;

const archiveColumns = {
  id,
  title,
  description,
  document_type,
  published_at: sql<string>`${newsletter_archives.published_at}`.mapWith(newsletter_archives.created_at),
};

const LATEST_FIRST: Order<Pick<ArchivedNewsletter, "published_at" | "id">> = {
  name: "published",
  descending: true,
  keys: [
    { expression: sql`${newsletter_archives.published_at}`, type: "timestamptz", of: (row) => row.published_at },
    { expression: sql`${id}`, type: "uuid", of: (row) => row.id },
  ],
};

const isOfYear = (year: number | undefined): SQL | undefined =>
  year === undefined
    ? undefined
    : isWithin(newsletter_archives.published_at, { from: `${year}-01-01`, to: `${year}-12-31` });

/** A page of the archive, the latest first. */
export const listNewsletters = (ctx: SignedInContext, { year, ...paging }: ArchiveFilters): Promise<NewsletterPage> =>
  ctx.transact((t) =>
    listPage(
      t,
      LATEST_FIRST,
      () => query.select(archiveColumns).from(newsletter_archives),
      paging,
      and(newsletterIsInArchive, isOfYear(year)),
    ),
  );

/** A newsletter in the archive. 404 for one that is not there yet. */
export async function getNewsletter(ctx: SignedInContext, newsletter_id: string): Promise<Newsletter> {
  const { row, organisation } = await ctx.transact((t) => ({
    row: t.one(
      query
        .select({
          ...archiveColumns,
          content: {
            title: contentColumns.title,
            subject: contentColumns.subject,
            body: contentColumns.body,
            events: contentColumns.events,
          },
          document_location: newsletter_archives.document_location,
          file_key: fileKey(),
        })
        .from(newsletter_archives)
        .where(and(isNewsletter(newsletter_id), newsletterIsInArchive)),
      new Refusal(...NEWSLETTER_NOT_FOUND),
    ),
    organisation: t.one(selectOrganisation()),
  }));
  const { content, document_location: _, file_key: __, ...newsletter } = row;
  const written = newsletter.document_type === null;
  return {
    ...newsletter,
    html: written ? await asHtml(content, organisation.time_zone) : null,
    url: written ? null : await urlOf(ctx, row),
  };
}

/** A newsletter for whoever has the link in its mail. It holds nothing about them. 400 unless we made the link. */
export async function readNewsletter(ctx: Context, token: string): Promise<NewsletterInBrowser> {
  const newsletter_id = await unsign(ctx.settings, "newsletter", token);
  if (!newsletter_id) throw new Refusal(400, "link_not_valid", "This link is not valid.");
  const { content, organisation } = await ctx.transact((t) => ({
    content: t.one(
      query.select(contentColumns).from(newsletter_archives).where(isNewsletter(newsletter_id)),
      new Refusal(...NEWSLETTER_NOT_FOUND),
    ),
    organisation: t.one(selectOrganisation()),
  }));
  const { name, primary_colour, accent_colour, logo_url, time_zone } = organisation;
  return {
    title: content.title,
    html: await asHtml(content, time_zone),
    organisation: { name, primary_colour, accent_colour, logo_url },
  };
}

/** The text and the events, without the page around them. */
async function asHtml({ body, events }: NewsletterContent, time_zone: string): Promise<string> {
  const { markdownAsHtml } = await import("../mail/markdown.ts");
  const upcoming = html`
<h2>Coming up</h2>
<ul>${events.map((event) => html`<li><strong>${event.title}</strong>: ${[moment(event.start_at, event.time_zone ?? time_zone), event.location].filter(Boolean).join(", ")}</li>`)}</ul>`;
  return `${markdownAsHtml(body)}${events.length > 0 ? await upcoming : ""}`;
}

/** The page that the link in the mail opens. */
export const newsletterPage = ({ title, html: written, organisation }: NewsletterInBrowser) =>
  page({ title, message: "", organisation }, html`<article>${raw(written)}</article>`);
