import { sql } from "drizzle-orm";
import * as z from "zod";
import { payments } from "../tables/ledger.ts";

export const ReceiptNumber = z
  .int()
  .nullable()
  .describe("On receipts and statements. Unique, and it never changes. Null if nothing was paid")
  .meta({ example: 1042 });

/** Of a row of `payments`, which may be missing. A complimentary term is a payment of nothing, and shows no number. */
export const paymentReceiptNumber = sql<
  number | null
>`case when ${payments.base_subscription_cents} + ${payments.donation_cents} > 0 then ${payments.receipt_number} end`;
