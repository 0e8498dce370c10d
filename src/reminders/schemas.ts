import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Id, Instant, inDigits } from "../http/schemas.ts";
import { NamedPerson } from "../people/schemas.ts";
import { HORIZON_DAYS } from "./due.ts";
import { KINDS } from "./kinds.ts";

const ReminderKind = z.enum(KINDS.map(({ name }) => name)).meta({ id: "ReminderKind" });

const Outcome = z
  .enum(["sent", "moot", "suppressed", "opted_out", "too_late"])
  .meta({ id: "ReminderOutcome" })
  .describe(
    "`sent`: the email is in the outbox. `moot`: no longer true, or a later one took its place. `suppressed`: no address that takes mail. `opted_out`: the person does not want such mail. `too_late`: noticed too late",
  );

export const Reminder = z
  .object({
    id: Id,
    kind: z.string().meta({ example: "term_ending" }),
    subject_id: Id.describe("The event, the subscription or the person that it is about"),
    person: NamedPerson.nullable().describe("Whom it goes to"),
    due_at: Instant,
    decided_at: Instant,
    outcome: Outcome,
    reason: z.string().nullable().describe("Why it did not go out"),
    email_id: Id.nullable().describe("In the outbox, as long as it is kept there"),
    email_status: z.enum(["pending", "sent", "failed", "withheld"]).nullable(),
    sent_at: Instant.nullable(),
  })
  .meta({ id: "Reminder" });
export type Reminder = z.infer<typeof Reminder>;

export const UpcomingReminder = z
  .object({
    kind: z.string().meta({ example: "term_ending" }),
    subject_id: Id,
    person: NamedPerson.nullable(),
    due_at: Instant,
    outcome: Outcome.describe("What will become of it if nothing changes"),
    reason: z.string().nullable(),
  })
  .meta({ id: "UpcomingReminder" });
export type UpcomingReminder = z.infer<typeof UpcomingReminder>;

export const ReminderFilters = Paging.extend({
  user_id: Id.optional(),
  kind: ReminderKind.optional(),
  outcome: Outcome.optional(),
});
export type ReminderFilters = z.infer<typeof ReminderFilters>;

export const ReminderPage = pageWithTotalOf(Reminder)
  .extend({
    next: z
      .array(UpcomingReminder)
      .describe("What comes in the next 90 days for the person of `user_id`. Empty without one"),
  })
  .meta({ id: "ReminderPage" });
export type ReminderPage = z.infer<typeof ReminderPage>;

export const PreviewQuery = z.object({ days: inDigits(z.int().min(1).max(HORIZON_DAYS)).default(7) });

export const ReminderPreview = z
  .object({
    until: Instant,
    total: z.int(),
    items: z.array(UpcomingReminder).describe("The first 500, the earliest first"),
  })
  .meta({ id: "ReminderPreview" });
export type ReminderPreview = z.infer<typeof ReminderPreview>;
