import * as z from "zod";
import { Paging, pageOf, pageWithTotalOf } from "../http/pagination.ts";
import {
  DayOrMoment,
  From,
  Instant,
  inDigits,
  inOrder,
  Line,
  OptionalLine,
  OptionalText,
  To,
  YesOrNo,
} from "../http/schemas.ts";
import { Search } from "../http/search.ts";
import { Tag } from "../members/admin/tag-schemas.ts";
import { Branding } from "../organisation/organisation.ts";
import { UserStatus } from "../people/schemas.ts";
import { documenttype, newsletter_archives } from "../tables/documents.ts";

const SendStatus = z.enum(newsletter_archives.send_status.enumValues).meta({ id: "NewsletterSendStatus" });

const facts = {
  id: z.uuid(),
  title: z.string(),
  description: z.string(),
  document_type: z
    .enum(documenttype.enumValues)
    .nullable()
    .describe("Null: it is written here. `link`: it is elsewhere. `upload`: a PDF that we keep"),
};

/** A newsletter in the archive, as members see it in a list. */
export const ArchivedNewsletter = z.object({ ...facts, published_at: Instant }).meta({ id: "ArchivedNewsletter" });
export type ArchivedNewsletter = z.infer<typeof ArchivedNewsletter>;

export const NewsletterPage = pageOf(ArchivedNewsletter).meta({ id: "NewsletterPage" });
export type NewsletterPage = z.infer<typeof NewsletterPage>;

export const ArchiveFilters = Paging.extend({
  year: inDigits(z.int().min(1900).max(2200)).optional().describe("In the organization's time zone"),
});
export type ArchiveFilters = z.infer<typeof ArchiveFilters>;

/** A newsletter to read. */
export const Newsletter = ArchivedNewsletter.extend({
  html: z
    .string()
    .nullable()
    .describe("Safe to put into a page. It loads nothing from elsewhere. Null unless it is written here"),
  url: z
    .string()
    .nullable()
    .describe("Of a link or an upload. The link to an upload works for one to two hours, for whoever has it"),
}).meta({ id: "Newsletter" });
export type Newsletter = z.infer<typeof Newsletter>;

/** The link in the mail: mail gateways add parameters to it. */
export const ReadQuery = z.object({ token: z.string().min(1).max(200) });
export type ReadQuery = z.infer<typeof ReadQuery>;

export const NewsletterInBrowser = z
  .object({ title: z.string(), html: z.string(), organisation: Branding })
  .meta({ id: "NewsletterInBrowser" });
export type NewsletterInBrowser = z.infer<typeof NewsletterInBrowser>;

/** A newsletter in the list that volunteers see. */
export const NewsletterSummary = z
  .object({
    ...facts,
    send_status: SendStatus.describe(
      "`scheduled`: the first email leaves at `send_at`. `sending`: its emails are being written to the outbox. `sent`: all of them are in the outbox",
    ),
    send_at: Instant.nullable().describe(
      "When the first email leaves, never at night. Until then, it can be stopped for everybody",
    ),
    published_at: Instant.nullable().describe("From when it is in the archive"),
    created_by: z.uuid().nullable(),
    created_by_name: z.string().nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: "NewsletterSummary" });
export type NewsletterSummary = z.infer<typeof NewsletterSummary>;

export const ManagedNewsletterPage = pageWithTotalOf(NewsletterSummary).meta({ id: "ManagedNewsletterPage" });
export type ManagedNewsletterPage = z.infer<typeof ManagedNewsletterPage>;

export const NewsletterFilters = inOrder(
  Paging.extend({
    send_status: SendStatus.optional(),
    published: YesOrNo.optional().describe("Whether members find it in the archive"),
    search: Search.describe("Part of a title or description"),
    from: From,
    to: To,
  }),
);
export type NewsletterFilters = z.infer<typeof NewsletterFilters>;

export const NewsletterStatistics = z
  .object({
    recipients: z.int().describe("For how many people it was sent"),
    queued: z.int().describe("For how many of them the email was written to the outbox"),
    unsubscribed: z.int().describe("How many unsubscribed after it, before the next one"),
    emails: z
      .object({
        pending: z.int(),
        sent: z.int(),
        failed: z.int(),
        withheld: z.int().describe("Not sent, because we decided so"),
        bounced: z.int().describe("Of those that were sent"),
        complained: z.int().describe("Of those that were sent"),
      })
      .nullable()
      .describe("What became of the emails. Null before there are any, and where nobody knows any more"),
  })
  .meta({ id: "NewsletterStatistics" });
export type NewsletterStatistics = z.infer<typeof NewsletterStatistics>;

/** A newsletter as volunteers see it. */
export const ManagedNewsletter = NewsletterSummary.extend({
  subject: z.string().nullable(),
  body: z.string(),
  shows_events: z.boolean(),
  recipient_statuses: z.array(UserStatus),
  recipient_tag: z.string().nullable(),
  document_location: z.string().nullable(),
  url: z.string().nullable().describe("Where to read a link or an upload. Null for an upload without its file"),
  sent_by: z.uuid().nullable(),
  sent_by_name: z.string().nullable(),
  stopped_at: Instant.nullable(),
  statistics: NewsletterStatistics,
}).meta({ id: "ManagedNewsletter" });
export type ManagedNewsletter = z.infer<typeof ManagedNewsletter>;

const details = {
  title: Line(200).meta({ example: "What happened in spring" }),
  description: OptionalText(2000).transform((text) => text ?? ""),
  document_type: z
    .enum(documenttype.enumValues)
    .nullable()
    .describe("Null: it is written here. Only such a newsletter can be sent. The others are for the archive"),
  document_location: OptionalLine(1000)
    .pipe(z.url({ protocol: /^https?$/ }).nullable())
    .describe("Where it is. Only for a `link`, which needs it")
    .meta({ example: "https://example.org/spring.pdf" }),
  subject: OptionalLine(75).describe(
    "Of its email. Null: the title. Others may see it on a locked screen, so it must not say who people are",
  ),
  body: OptionalText(50_000)
    .transform((text) => text ?? "")
    .describe("Markdown. HTML in it shows as text, and images as links. Links begin with https://, http:// or mailto:"),
  shows_events: z
    .boolean()
    .describe(
      "Whether it lists up to 10 events that are coming up when it goes out. It says only what everybody may know",
    ),
  recipient_statuses: z
    .array(UserStatus)
    .min(1)
    .max(UserStatus.options.length)
    .transform((statuses) => [...new Set(statuses)])
    .describe("People with these statuses get it, if they want newsletters"),
  recipient_tag: Tag.nullable().describe("Only people with this tag get it. Null: all of them"),
  published_at: DayOrMoment.nullable().describe(
    "From when it is in the archive; a day means its beginning. Null: not before it is sent",
  ),
};

/** What to change of a newsletter; what is left out stays. */
export const NewsletterChange = z.strictObject(details).partial().meta({ id: "NewsletterChange" });
export type NewsletterChange = z.infer<typeof NewsletterChange>;

export const NewNewsletter = NewsletterChange.required({ title: true }).meta({ id: "NewNewsletter" });
export type NewNewsletter = z.infer<typeof NewNewsletter>;

/** Why somebody does not get a newsletter that is for them. */
export const LEFT_OUT_REASONS = ["no_address", "unconfirmed", "suppressed", "unsubscribed", "no_consent"] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

const LeftOut = z
  .object({
    id: z.uuid().describe("The person"),
    first_name: z.string(),
    last_name: z.string(),
    status: UserStatus,
    reason: z.enum(LEFT_OUT_REASONS).describe("As in `left_out` of the count"),
  })
  .meta({ id: "LeftOut" });

export const LeftOutPage = pageWithTotalOf(LeftOut).meta({ id: "LeftOutPage" });
export type LeftOutPage = z.infer<typeof LeftOutPage>;

export const LeftOutFilters = Paging.extend({ reason: z.enum(LEFT_OUT_REASONS).optional() });
export type LeftOutFilters = z.infer<typeof LeftOutFilters>;

export const NewsletterRecipients = z
  .object({
    count: z.int().describe("How many people would get it. If it was sent before: of those whom it never reached"),
    left_out: z
      .object({
        no_address: z.int(),
        unconfirmed: z.int().describe("Nobody confirmed the address"),
        suppressed: z.int().describe("They want newsletters, but their address bounced, or complained about an email"),
        unsubscribed: z.int().describe("They wanted newsletters, and unsubscribed after one"),
        no_consent: z.int().describe("They never asked for newsletters"),
      })
      .describe("How many of those with these statuses and this tag would not get it, and why. Each counts once"),
  })
  .meta({ id: "NewsletterRecipients" });
export type NewsletterRecipients = z.infer<typeof NewsletterRecipients>;

export const NewsletterPreview = z
  .object({
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    recipients: z.int().describe("How many people would get it"),
  })
  .meta({ id: "NewsletterPreview" });
export type NewsletterPreview = z.infer<typeof NewsletterPreview>;

export const SendNewsletter = z
  .strictObject({ count: z.int().min(1).describe("How many people get it, as you saw before") })
  .meta({ id: "SendNewsletter" });
export type SendNewsletter = z.infer<typeof SendNewsletter>;

export const StoppedNewsletter = z
  .object({
    send_status: SendStatus.describe("`draft` if nobody gets it: then it can be changed and sent again"),
    handed_over: z
      .int()
      .describe("How many people the email provider has it for, or may have: an attempt is under way or got no answer"),
    withdrawn: z.int().describe("How many emails were taken back from the outbox"),
  })
  .meta({ id: "StoppedNewsletter" });
export type StoppedNewsletter = z.infer<typeof StoppedNewsletter>;
