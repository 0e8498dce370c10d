import { PAGE_LOCALE, pageWords } from "../../http/page-words.ts";
import { Download, type PrintFiles } from "../../http/route.ts";
import { LOCALES } from "../../mail/words.ts";
import { formatCents } from "../../money/format.ts";
import { loadFonts } from "../../pdf/fonts.ts";
import { printablePage } from "../../pdf/page.ts";
import { writePdf } from "../../pdf/pdf.ts";
import type { Column, PrintBlock, PrintDocument } from "../../pdf/print-document.ts";
import { jpegOfLogo } from "../../storage/links.ts";
import { day, moment } from "../../time/format.ts";
import type { GivingStatement, StatementPart, StatementSums } from "./schemas.ts";

const LANGUAGE = LOCALES[PAGE_LOCALE];
const say = pageWords();

/** A statement as a page for browsers, and as a PDF. */
export const PRINTED = {
  page: (statement: GivingStatement) => printablePage(printed(statement, null)),
  file: {
    type: "application/pdf",
    of: async (statement: GivingStatement, { ASSETS, PUBLIC_FILES }: PrintFiles) => {
      const [fonts, jpeg] = await Promise.all([loadFonts(ASSETS), readLogo(PUBLIC_FILES, statement)]);
      return new Download(`giving-statement-${statement.year}.pdf`, await writePdf(printed(statement, jpeg), fonts));
    },
  },
} as const;

/** A statement without its logo is better than none, so a storage that does not answer counts as having none. */
async function readLogo(files: R2Bucket, { organisation }: GivingStatement): Promise<Uint8Array<ArrayBuffer> | null> {
  const key = organisation.logo_url && jpegOfLogo(organisation.logo_url);
  const stored = key ? await files.get(key).catch(() => null) : null;
  return stored && new Uint8Array(await stored.arrayBuffer());
}

/** A statement on paper: the sums first, then every payment. */
function printed(statement: GivingStatement, jpeg: Uint8Array<ArrayBuffer> | null): PrintDocument {
  const { year, as_of, organisation } = statement;
  const title = say("statement", { year: String(year) });
  const as_of_words = say("as_of", { moment: moment(as_of, organisation.time_zone, LANGUAGE) });
  return {
    title: `${title}, ${organisation.name}`,
    language: LANGUAGE,
    author: organisation.name,
    created_at: as_of,
    logo: organisation.logo_url === null ? null : { url: organisation.logo_url, jpeg },
    colour: organisation.primary_colour,
    footer: `${organisation.name} · ${title} · ${as_of_words}`,
    blocks: [
      { kind: "title", above: organisation.name, text: title },
      ...recipientOf(statement),
      ...donorOf(statement),
      ...summaryOf(statement),
      ...paymentsOf(statement),
      { kind: "heading", text: say("how_counted") },
      { kind: "paragraph", text: say("counted_by_day") },
    ],
  };
}

function recipientOf({ organisation: { postal_address, tax_id, contact_email } }: GivingStatement): PrintBlock[] {
  const facts = [
    [say("our_address"), postal_address],
    [say("our_tax_id"), tax_id],
    [say("questions"), contact_email],
  ].flatMap(([label, value]): [string, string][] => (label && value ? [[label, value]] : []));
  return facts.length > 0 ? [{ kind: "facts", facts }] : [];
}

function donorOf({ year, as_of, organisation, donor_name, donor_email }: GivingStatement): PrintBlock[] {
  return [
    {
      kind: "facts",
      facts: [
        [say("donor"), donor_name],
        ...(donor_email ? [[say("email"), donor_email] satisfies [string, string]] : []),
        [say("period"), say("whole_year", { year: String(year) })],
        [say("as_of_label"), moment(as_of, organisation.time_zone, LANGUAGE)],
      ],
    },
  ];
}

const AMOUNTS: Column[] = (["received", "refunded", "net"] as const).map((name) => ({
  heading: say(name),
  share: 0.19,
  numeric: true,
}));

const amounts = (sums: StatementSums, currency: string) =>
  [sums.amount_cents, sums.refunded_cents, sums.net_cents].map((cents) => formatCents(cents, currency, LANGUAGE));

/** Only people with an account pay dues. */
const paysDues = ({ donor_email }: GivingStatement) => donor_email === null;

function summaryOf(statement: GivingStatement): PrintBlock[] {
  const { currency, organisation, donations, subscription_top_ups, total } = statement;
  const { acknowledgement } = organisation;
  return [
    { kind: "heading", text: say("summary") },
    {
      kind: "table",
      columns: [{ heading: "", share: 0.43 }, ...AMOUNTS],
      rows: [
        [say("donations"), ...amounts(donations, currency)],
        ...(paysDues(statement) ? [[say("top_ups"), ...amounts(subscription_top_ups, currency)]] : []),
      ],
      total: [say("total_given"), ...amounts(total, currency)],
    },
    ...(acknowledgement && total.net_cents > 0
      ? [{ kind: "paragraph", text: acknowledgement } satisfies PrintBlock]
      : []),
  ];
}

function paymentsOf(statement: GivingStatement): PrintBlock[] {
  const list = ({ lines, ...sums }: StatementPart): PrintBlock =>
    lines.length === 0
      ? { kind: "paragraph", text: say("none_this_year") }
      : {
          kind: "table",
          columns: [
            { heading: say("paid_on"), share: 0.19 },
            { heading: say("receipt"), share: 0.11 },
            { heading: say("payment"), share: 0.13 },
            ...AMOUNTS,
          ],
          rows: lines.map((line) => [
            day(line.paid_at, statement.organisation.time_zone, LANGUAGE),
            String(line.receipt_number),
            say(line.payment_method),
            ...amounts(line, statement.currency),
          ]),
          total: [say("total"), "", "", ...amounts(sums, statement.currency)],
        };
  const donations: PrintBlock[] = [{ kind: "heading", text: say("donations") }, list(statement.donations)];
  if (!paysDues(statement)) return donations;
  return [
    ...donations,
    { kind: "heading", text: say("top_ups") },
    list(statement.subscription_top_ups),
    { kind: "heading", text: say("membership_dues") },
    { kind: "paragraph", text: say("dues_are_no_gift") },
    list(statement.dues),
  ];
}
