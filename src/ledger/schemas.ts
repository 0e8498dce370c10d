import * as z from "zod";
import { ExportOptions } from "../http/export.ts";
import { PaymentMethod } from "../money/payment-method.ts";
import { Period } from "./figures.ts";

/** What money was for. */
export const LedgerKind = z.enum(["dues", "donation"]);
export type LedgerKind = z.infer<typeof LedgerKind>;

/** Which movements of money to export. */
export const LedgerExport = Period.safeExtend({
  ...ExportOptions.shape,
  kind: LedgerKind.optional().describe("By default both, as far as you may export them"),
  payment_method: PaymentMethod.optional(),
});
export type LedgerExport = z.infer<typeof LedgerExport>;
