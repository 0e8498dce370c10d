import * as z from "zod";
import { DayOrMoment, inOrder } from "../http/schemas.ts";
import { MailFilters, OutboxMail } from "./schemas.ts";

/** The filters of the list, for what is tried anew. */
export const RetryInput = inOrder(
  z
    .strictObject({
      ...MailFilters.omit({ feedback: true }).shape,
      status: OutboxMail.shape.status.extract(["failed", "withheld"]).default("failed"),
      lane: z.int().min(0).max(2).optional(),
      // Nobody wants all failures of the last 90 days.
      from: DayOrMoment.describe("Written from this day or instant on"),
    })
    .meta({ id: "RetryInput" }),
);
export type RetryInput = z.infer<typeof RetryInput>;

export const MailsRetried = z
  .object({
    retried: z.int().describe("How many emails go out now"),
    left: z.int().describe("How many more the filters mean: send the same request again"),
  })
  .meta({ id: "MailsRetried" });
export type MailsRetried = z.infer<typeof MailsRetried>;
