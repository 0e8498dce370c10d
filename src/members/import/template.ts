import type { SignedInContext } from "../../http/context.ts";
import { BYTE_ORDER_MARK, csvRecord } from "../../http/csv.ts";
import { Download } from "../../http/route.ts";
import { IMPORT_FIELDS } from "./columns.ts";

/** A file with the header of an import, which Excel opens too. */
export async function importTemplate(ctx: SignedInContext): Promise<Download> {
  await ctx.transact(() => ({}));
  const fields = IMPORT_FIELDS.filter((field) => field !== "id" && field !== "password_hash");
  return new Download("people.csv", Uint8Array.from(new TextEncoder().encode(BYTE_ORDER_MARK + csvRecord(fields))));
}
