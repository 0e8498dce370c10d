import * as z from "zod";
import { From, inOrder } from "../http/schemas.ts";
import { MailFilters, OutboxMail } from "./schemas.ts";

/** The filters of the list, for what is tried anew. It says from when on: nobody wants all failures of the last 90 days. */
export const RetryFilters = inOrder(
  MailFilters.extend({
    status: OutboxMail.shape.status.extract(["failed", "withheld"]).default("failed"),
    from: From.unwrap().describe("Written from this day or instant on"),
  }),
);
export type RetryFilters = z.infer<typeof RetryFilters>;

export const MailsRetried = z
  .object({
    retried: z.int().describe("How many emails go out now"),
    left: z.int().describe("How many more the filters mean: send the same request again"),
  })
  .meta({ id: "MailsRetried" });
export type MailsRetried = z.infer<typeof MailsRetried>;
