import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Instant, inOrder, Line, Moment } from "../http/schemas.ts";

/** As Stripe names its events. */
export const EventId = z.object({ id: z.string().regex(/^[\w-]{1,255}$/) });

/** What became of one of Stripe's events. */
export const WebhookEvent = z
  .object({
    id: z.string().meta({ example: "evt_1Rz2Xk2eZvKYlo2CXGQYqQ0V" }),
    type: z.string().meta({ example: "invoice.paid" }),
    object_id: z.string().nullable().describe("The Stripe object that it speaks of"),
    status: z
      .enum(["applied", "ignored", "parked"])
      .describe(
        "`ignored`: not ours, of no interest, or dismissed by a volunteer; `parked`: needs a person, see `reason`",
      ),
    reason: z.string().nullable(),
    deliveries: z.int().describe("How often it came, was replayed or reconciled"),
    stripe_created_at: Instant.describe("When it happened at Stripe"),
    created_at: Instant.describe("When it first came"),
    updated_at: Instant,
  })
  .meta({ id: "WebhookEvent" });
export type WebhookEvent = z.infer<typeof WebhookEvent>;

export const WebhookEventFilters = inOrder(
  Paging.extend({
    status: WebhookEvent.shape.status.optional(),
    type: Line(255).optional(),
    object_id: Line(255).optional(),
    from: Moment.optional().describe("First came not before this instant"),
    to: Moment.optional().describe("First came before this instant"),
  }),
);
export type WebhookEventFilters = z.infer<typeof WebhookEventFilters>;

export const WebhookEventPage = pageWithTotalOf(WebhookEvent).meta({ id: "WebhookEventPage" });
export type WebhookEventPage = z.infer<typeof WebhookEventPage>;
