import * as z from "zod";
import type { Organisation } from "../organisation/organisation.ts";
import type { Block, Fact, Surroundings } from "./letter.ts";

/** Null if nothing was paid. Mails from before receipts had numbers may still be waiting. */
export const NumberOnReceipt = z.int().nullish();

export const receiptNumber = (
  receipt_number: z.infer<typeof NumberOnReceipt>,
  { common }: Pick<Surroundings, "common">,
): Fact[] => (receipt_number ? [[common("receipt_number"), String(receipt_number)]] : []);

/** The payer's name as they want it on documents. Mails from before receipts had it may still be waiting. */
export const PayerOnReceipt = z.string().nullish();

/** Who paid, if that is known, and who received the money, as far as the settings say. */
export function receivedFrom(
  payer: z.infer<typeof PayerOnReceipt>,
  { organisation, common }: Pick<Surroundings, "organisation" | "common">,
): Fact[] {
  const { name, postal_address, tax_id } = organisation;
  const address: Fact[] = postal_address ? [[common("address"), postal_address.split(/\s*\n\s*/).join(", ")]] : [];
  const tax: Fact[] = tax_id ? [[common("tax_id"), tax_id]] : [];
  const from: Fact[] = payer ? [[common("received_from"), payer]] : [];
  return [...from, [common("received_by"), name], ...address, ...tax];
}

/** What the organization declares about a donation, if anything was given. Cents. */
export const acknowledgementOf = (donation_cents: number, { acknowledgement }: Organisation): Block[] =>
  donation_cents > 0 && acknowledgement ? acknowledgement.split(/\s*\n\s*/) : [];
