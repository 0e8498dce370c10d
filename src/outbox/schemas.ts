import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Email, From, Id, Instant, inDigits, inOrder, Line, To } from "../http/schemas.ts";
import { emails } from "../tables/mail.ts";

/** A row of the outbox. Never what the mail says: it may be another's secret. */
export const OutboxMail = z
  .object({
    id: Id,
    template: z.string().meta({ example: "approval" }),
    lane: z.int().describe("0: account security; 1: what somebody waits for; 2: bulk"),
    to_email: z.string(),
    user_id: Id.nullable().describe("Null: the address belongs to nobody here"),
    status: z.enum(emails.status.enumValues).describe("`withheld`: we decided not to send it; see `last_error`"),
    attempts: z.int(),
    next_attempt_at: Instant.nullable().describe("When it is tried next. Null unless it is pending"),
    last_error: z
      .string()
      .nullable()
      .describe(
        "Why it was not sent. `suppressed`: we no longer write to the address; `unsubscribed`: the person does not want such mails; `link_expired`: its link no longer works; `moot`: it is no longer true; `address_changed`: the person moved to another address, and the provider may have sent it to the old one; `newsletter_stopped`, `newsletter_deleted`: somebody took the newsletter back; `dropped: …`: the provider took it and then did not send it, and says why. After an attempt: the status that the provider answered, or what came instead of an answer",
      ),
    sent_at: Instant.nullable(),
    feedback: z
      .enum(emails.feedback.enumValues)
      .nullable()
      .describe("What the provider told us became of it. Null: nothing yet"),
    feedback_at: Instant.nullable(),
    created_at: Instant,
  })
  .meta({ id: "OutboxMail" });
export type OutboxMail = z.infer<typeof OutboxMail>;

/** What the list is filtered by. */
export const MailFilters = z.object({
  status: OutboxMail.shape.status.optional(),
  feedback: z.enum(emails.feedback.enumValues).optional(),
  template: Line(100).optional(),
  lane: inDigits(z.int().min(0).max(2)).optional(),
  email: Email.optional().describe("The whole address"),
  user_id: Id.optional(),
  last_error: Line(100).optional().describe("How `last_error` begins, such as `500` or `dropped`"),
  from: From.describe("Written from this day or instant on"),
  to: To.describe("Written up to and including this day, or before this instant"),
});

export const OutboxFilters = inOrder(Paging.extend(MailFilters.shape));
export type OutboxFilters = z.infer<typeof OutboxFilters>;

export const OutboxPage = pageWithTotalOf(OutboxMail).meta({ id: "OutboxPage" });
export type OutboxPage = z.infer<typeof OutboxPage>;
