import { Download } from "../../http/route.ts";
import { formatCents } from "../../money/format.ts";
import { HOW_PAID } from "../../money/payment-method.ts";
import { writePdf } from "../../pdf/document.ts";
import { loadFonts } from "../../pdf/fonts.ts";
import type { Column, PdfBlock } from "../../pdf/layout.ts";
import { day, moment } from "../../time/format.ts";
import type { GivingStatement, StatementPart, StatementSums } from "./schemas.ts";

/** A statement as a PDF: the sums first, then every payment. */
export async function statementPdf(statement: GivingStatement, assets: Fetcher): Promise<Download> {
  const { year, as_of, organisation } = statement;
  const title = `Giving statement ${year}`;
  const content = await writePdf(
    {
      title: `${title}, ${organisation.name}`,
      language: "en-US",
      author: organisation.name,
      created_at: as_of,
      colour: organisation.primary_colour,
      footer: `${organisation.name} · ${title} · As of ${moment(as_of, "UTC")}`,
      blocks: blocksOf(statement, title),
    },
    await loadFonts(assets),
  );
  return new Download(`giving-statement-${year}.pdf`, content);
}

const AMOUNTS: Column[] = ["Received", "Refunded", "Net"].map((heading) => ({ heading, share: 0.17, numeric: true }));

function blocksOf(statement: GivingStatement, title: string): PdfBlock[] {
  const { year, as_of, currency, organisation, donor_name, donations, subscription_top_ups, total, dues } = statement;
  const amounts = (sums: StatementSums) =>
    [sums.amount_cents, sums.refunded_cents, sums.net_cents].map((cents) => formatCents(cents, currency));
  const payments = ({ lines, ...sums }: StatementPart): PdfBlock =>
    lines.length === 0
      ? { kind: "paragraph", text: "None this year." }
      : {
          kind: "table",
          columns: [{ heading: "Paid on", share: 0.27 }, { heading: "Payment", share: 0.22 }, ...AMOUNTS],
          rows: lines.map((line) => [day(line.paid_at, "UTC"), HOW_PAID[line.payment_method], ...amounts(line)]),
          total: ["Total", "", ...amounts(sums)],
        };
  return [
    { kind: "title", above: organisation.name, text: title },
    {
      kind: "facts",
      facts: [
        ["Donor", donor_name],
        ["Period", `January 1 to December 31, ${year} (UTC)`],
        ["As of", moment(as_of, "UTC")],
      ],
    },
    { kind: "heading", text: "Summary" },
    {
      kind: "table",
      columns: [{ heading: "", share: 0.49 }, ...AMOUNTS],
      rows: [
        ["Donations", ...amounts(donations)],
        ["Given on top of membership dues", ...amounts(subscription_top_ups)],
      ],
      total: ["Total given", ...amounts(total)],
    },
    { kind: "heading", text: "Donations" },
    payments(donations),
    { kind: "heading", text: "Given on top of membership dues" },
    payments(subscription_top_ups),
    { kind: "heading", text: "Membership dues" },
    { kind: "paragraph", text: "Dues are not donations and are not part of the total given." },
    payments(dues),
    { kind: "heading", text: "How this is counted" },
    {
      kind: "paragraph",
      text: "A payment counts in the year in which it was made, and a refund in the year in which the money went back. If a payment shows nothing received, it was made in an earlier year.",
    },
  ];
}
