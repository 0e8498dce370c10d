import { and, eq, isNotNull, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { listPageWithTotal, newestFirst } from "../http/pagination.ts";
import { contains } from "../http/search.ts";
import { linkOrUploadUrl } from "../storage/links.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { stored_files } from "../tables/files.ts";
import { nameOf } from "../tables/people.ts";
import { isWithin } from "../time/days.ts";
import { guardNewsletter, isNewsletter } from "./guards.ts";
import { newsletterStatuses, newsletterTag } from "./recipients.ts";
import type { ManagedNewsletter, ManagedNewsletterPage, NewsletterFilters } from "./schemas.ts";
import { newsletterStatistics } from "./statistics.ts";

const { id, title, description, document_type, document_location, published_at, send_status } = newsletter_archives;

/** Whether members find a row of `newsletter_archives` in the archive: it is time, and there is something to read. */
export const newsletterIsInArchive: SQL = sql`(${and(
  isNotNull(published_at),
  lte(published_at, sql`now()`),
  or(
    eq(document_type, "link"),
    and(eq(document_type, "upload"), isNotNull(newsletter_archives.file_id)),
    and(isNull(document_type), sql`${newsletter_archives.body} <> ''`),
  ),
)})`;

const summaryColumns = {
  id,
  title,
  description,
  document_type,
  send_status,
  send_at: newsletter_archives.send_at,
  published_at,
  created_by: newsletter_archives.created_by,
  created_by_name: nameOf(newsletter_archives.created_by),
  created_at: newsletter_archives.created_at,
  updated_at: newsletter_archives.updated_at,
};

const managedColumns = {
  ...summaryColumns,
  subject: newsletter_archives.subject,
  body: newsletter_archives.body,
  shows_events: newsletter_archives.shows_events,
  recipient_statuses: newsletterStatuses,
  recipient_tag: newsletterTag,
  document_location,
  file_key: fileKey(),
  sent_by: newsletter_archives.sent_by,
  sent_by_name: nameOf(newsletter_archives.sent_by),
  stopped_at: newsletter_archives.stopped_at,
  statistics: newsletterStatistics,
};

/** The key of the file of a row of `newsletter_archives`. Null without one. */
export function fileKey(): SQL<string | null> {
  return sql<
    string | null
  >`(select ${stored_files.key} from ${stored_files} where ${eq(stored_files.id, newsletter_archives.file_id)})`;
}

export const selectNewsletter = (newsletter_id: string) =>
  query.select(managedColumns).from(newsletter_archives).where(isNewsletter(newsletter_id));

type Row = Omit<ManagedNewsletter, "url"> & { file_key: string | null };

/** What volunteers see of a row of {@link selectNewsletter}. */
export async function shown(ctx: Pick<Context, "settings" | "now">, row: Row): Promise<ManagedNewsletter> {
  const { file_key, ...newsletter } = row;
  return { ...newsletter, url: await linkOrUploadUrl(ctx, row) };
}

/** A newsletter, also a draft. 404 without it. */
export async function getManagedNewsletter(ctx: SignedInContext, newsletter_id: string): Promise<ManagedNewsletter> {
  const row = await ctx.transact((t) => {
    guardNewsletter(t, newsletter_id);
    return t.one(selectNewsletter(newsletter_id));
  });
  return shown(ctx, row);
}

const matching = ({ send_status: status, published, search, from, to }: NewsletterFilters): SQL | undefined =>
  and(
    status && eq(send_status, status),
    published === undefined ? undefined : published ? newsletterIsInArchive : not(newsletterIsInArchive),
    search ? contains(sql`${title} || ' ' || ${description}`, search) : undefined,
    isWithin(newsletter_archives.created_at, { from, to }),
  );

/** A page of all newsletters, also of drafts. */
export const listManagedNewsletters = (
  ctx: SignedInContext,
  filters: NewsletterFilters,
): Promise<ManagedNewsletterPage> =>
  ctx.transact((t) =>
    listPageWithTotal(
      t,
      newestFirst(newsletter_archives),
      () => query.select(summaryColumns).from(newsletter_archives),
      filters,
      matching(filters),
    ),
  );
