import type { Kind } from "./kind.ts";
import { applicationsOverdue } from "./kinds/applications-overdue.ts";
import { cardExpiring } from "./kinds/card-expiring.ts";
import { eventForNewcomers } from "./kinds/event-for-newcomers.ts";
import { eventReminder } from "./kinds/event-reminder.ts";
import { pastDue } from "./kinds/past-due.ts";
import { paymentReminder } from "./kinds/payment-pending.ts";
import { renewalNotice } from "./kinds/renewal.ts";
import { termEnding } from "./kinds/term-ending.ts";
import { unverifiedAddress } from "./kinds/unverified-address.ts";

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
