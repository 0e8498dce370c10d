import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { From, Instant, inOrder, Line, To } from "../http/schemas.ts";

/** The path parameter: an event's id at Stripe. */
export const WebhookEventId = z.object({
  id: z
    .string()
    .max(255)
    .regex(/^[\w-]+$/),
});

/** A row of the inbox: an event that Stripe sent, and its outcome. */
export const WebhookEvent = z
  .object({
    id: z.string().meta({ example: "evt_1Rz2Xk2eZvKYlo2CXGQYqQ0V" }),
    type: z.string().meta({ example: "invoice.paid" }),
    object_id: z.string().nullable().describe("The Stripe object that the event is about"),
    status: z
      .enum(["applied", "ignored", "parked"])
      .describe(
        "`ignored`: not ours, not of interest, or dismissed by a volunteer; `parked`: needs a person, see `reason`",
      ),
    reason: z.string().nullable(),
    deliveries: z.int().describe("How many times it was delivered, replayed or reconciled"),
    stripe_created_at: Instant.describe("When it happened at Stripe"),
    created_at: Instant.describe("When we first received it"),
    updated_at: Instant,
  })
  .meta({ id: "WebhookEvent" });
export type WebhookEvent = z.infer<typeof WebhookEvent>;

export const WebhookEventFilters = inOrder(
  Paging.extend({
    status: WebhookEvent.shape.status.optional(),
    type: Line(255).optional(),
    object_id: Line(255).optional(),
    from: From.describe("First received from this day or instant on"),
    to: To.describe("First received up to and including this day, or before this instant"),
  }),
);
export type WebhookEventFilters = z.infer<typeof WebhookEventFilters>;

export const WebhookEventPage = pageWithTotalOf(WebhookEvent).meta({ id: "WebhookEventPage" });
export type WebhookEventPage = z.infer<typeof WebhookEventPage>;
