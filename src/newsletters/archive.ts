import { and, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { listPage, type Order } from "../http/pagination.ts";
import { contentColumns } from "../mail/newsletter-content.ts";
import { selectOrganisation } from "../organisation/organisation.ts";
import { linkOrUploadUrl } from "../storage/links.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { isWithin } from "../time/days.ts";
import { newsletterAsHtml } from "./as-html.ts";
import { fileKey, newsletterIsInArchive } from "./find.ts";
import { isNewsletter, NEWSLETTER_NOT_FOUND } from "./guards.ts";
import type { ArchivedNewsletter, ArchiveFilters, Newsletter, NewsletterPage } from "./schemas.ts";

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
    organisation: t.one(selectOrganisation(ctx.settings)),
  }));
  const { content, document_location: _, file_key: __, ...newsletter } = row;
  const written = newsletter.document_type === null;
  return {
    ...newsletter,
    html: written ? await newsletterAsHtml(content, organisation.time_zone) : null,
    url: written ? null : await linkOrUploadUrl(ctx, row),
  };
}
