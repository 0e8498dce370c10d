import * as z from "zod";
import type { Organisation } from "../organisation/organisation.ts";
import type { Block, Fact } from "./letter.ts";

/** Null if nothing was paid. Mails from before receipts had numbers may still be waiting. */
export const NumberOnReceipt = z.int().nullish();

export const receiptNumber = (receipt_number: z.infer<typeof NumberOnReceipt>): Fact[] =>
  receipt_number ? [["Receipt number", String(receipt_number)]] : [];

/** Who received the money, as far as the settings say. */
export const receivedBy = ({ name, postal_address, tax_id }: Organisation): Fact[] => [
  ["Received by", name],
  ...(postal_address ? [["Address", postal_address.split(/\s*\n\s*/).join(", ")] satisfies Fact] : []),
  ...(tax_id ? [["Tax ID", tax_id] satisfies Fact] : []),
];

/** What the organization declares about a donation, if anything was given. Cents. */
export const acknowledgementOf = (donation_cents: number, { acknowledgement }: Organisation): Block[] =>
  donation_cents > 0 && acknowledgement ? acknowledgement.split(/\s*\n\s*/) : [];
