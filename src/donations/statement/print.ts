import { Download, type PrintFiles } from "../../http/route.ts";
import { formatCents } from "../../money/format.ts";
import { HOW_PAID } from "../../money/payment-method.ts";
import { loadFonts } from "../../pdf/fonts.ts";
import { printablePage } from "../../pdf/page.ts";
import { writePdf } from "../../pdf/pdf.ts";
import type { Column, PrintBlock, PrintDocument } from "../../pdf/print-document.ts";
import { jpegOfLogo } from "../../storage/links.ts";
import { day, moment } from "../../time/format.ts";
import type { GivingStatement, StatementPart, StatementSums } from "./schemas.ts";

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
  const title = `Giving statement ${year}`;
  return {
    title: `${title}, ${organisation.name}`,
    language: "en-US",
    author: organisation.name,
    created_at: as_of,
    logo: organisation.logo_url === null ? null : { url: organisation.logo_url, jpeg },
    colour: organisation.primary_colour,
    footer: `${organisation.name} · ${title} · As of ${moment(as_of, organisation.time_zone)}`,
    blocks: [
      { kind: "title", above: organisation.name, text: title },
      ...recipientOf(statement),
      ...donorOf(statement),
      ...summaryOf(statement),
      ...paymentsOf(statement),
      { kind: "heading", text: "How this is counted" },
      {
        kind: "paragraph",
        text: "A payment counts in the year in which it was made, and a refund in the year in which the money went back. If a payment shows nothing received, it was made in an earlier year.",
      },
    ],
  };
}

function recipientOf({ organisation: { postal_address, tax_id, contact_email } }: GivingStatement): PrintBlock[] {
  const facts = [
    ["Our address", postal_address],
    ["Our tax ID", tax_id],
    ["Questions", contact_email],
  ].flatMap(([label, value]): [string, string][] => (label && value ? [[label, value]] : []));
  return facts.length > 0 ? [{ kind: "facts", facts }] : [];
}

function donorOf({ year, as_of, organisation, donor_name, donor_email }: GivingStatement): PrintBlock[] {
  return [
    {
      kind: "facts",
      facts: [
        ["Donor", donor_name],
        ...(donor_email ? [["Email", donor_email] satisfies [string, string]] : []),
        ["Period", `January 1 to December 31, ${year}`],
        ["As of", moment(as_of, organisation.time_zone)],
      ],
    },
  ];
}

const AMOUNTS: Column[] = ["Received", "Refunded", "Net"].map((heading) => ({ heading, share: 0.19, numeric: true }));

const amounts = (sums: StatementSums, currency: string) =>
  [sums.amount_cents, sums.refunded_cents, sums.net_cents].map((cents) => formatCents(cents, currency));

const TOP_UPS = "Given on top of membership dues";

/** Only people with an account pay dues. */
const paysDues = ({ donor_email }: GivingStatement) => donor_email === null;

function summaryOf(statement: GivingStatement): PrintBlock[] {
  const { currency, organisation, donations, subscription_top_ups, total } = statement;
  const { acknowledgement } = organisation;
  return [
    { kind: "heading", text: "Summary" },
    {
      kind: "table",
      columns: [{ heading: "", share: 0.43 }, ...AMOUNTS],
      rows: [
        ["Donations", ...amounts(donations, currency)],
        ...(paysDues(statement) ? [[TOP_UPS, ...amounts(subscription_top_ups, currency)]] : []),
      ],
      total: ["Total given", ...amounts(total, currency)],
    },
    ...(acknowledgement && total.net_cents > 0
      ? [{ kind: "paragraph", text: acknowledgement } satisfies PrintBlock]
      : []),
  ];
}

function paymentsOf(statement: GivingStatement): PrintBlock[] {
  const list = ({ lines, ...sums }: StatementPart): PrintBlock =>
    lines.length === 0
      ? { kind: "paragraph", text: "None this year." }
      : {
          kind: "table",
          columns: [
            { heading: "Paid on", share: 0.19 },
            { heading: "Receipt", share: 0.11 },
            { heading: "Payment", share: 0.13 },
            ...AMOUNTS,
          ],
          rows: lines.map((line) => [
            day(line.paid_at, statement.organisation.time_zone),
            String(line.receipt_number),
            HOW_PAID[line.payment_method],
            ...amounts(line, statement.currency),
          ]),
          total: ["Total", "", "", ...amounts(sums, statement.currency)],
        };
  const donations: PrintBlock[] = [{ kind: "heading", text: "Donations" }, list(statement.donations)];
  if (!paysDues(statement)) return donations;
  return [
    ...donations,
    { kind: "heading", text: TOP_UPS },
    list(statement.subscription_top_ups),
    { kind: "heading", text: "Membership dues" },
    { kind: "paragraph", text: "Dues are not donations and are not part of the total given." },
    list(statement.dues),
  ];
}
