import type { Kind } from "./kind.ts";
import { applicationsOverdue, paymentReminder, unverifiedAddress } from "./kinds/applications.ts";
import { cardExpiring, pastDue, renewalNotice, termEnding } from "./kinds/dues.ts";
import { eventForNewcomers, eventReminder } from "./kinds/events.ts";

/** Every reminder that we send. docs/reminders.md shows them as a table. */
export const KINDS: readonly Kind[] = [
  eventReminder,
  unverifiedAddress,
  eventForNewcomers,
  applicationsOverdue,
  paymentReminder,
  termEnding,
  renewalNotice,
  pastDue,
  cardExpiring,
];
