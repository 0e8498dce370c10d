import type { Template } from "./letter.ts";
import * as account from "./templates/account.ts";
import * as applications from "./templates/applications.ts";
import * as dues from "./templates/dues.ts";
import * as email_change from "./templates/email-change.ts";
import * as erasure from "./templates/erasure.ts";
import * as events from "./templates/events.ts";
import * as invitations from "./templates/invitations.ts";
import * as membership from "./templates/membership.ts";
import * as newsletters from "./templates/newsletters.ts";
import * as payers from "./templates/payers.ts";
import * as receipts from "./templates/receipts.ts";
import * as reminders from "./templates/reminders.ts";
import * as second_factor from "./templates/second-factor.ts";
import * as volunteers from "./templates/volunteers.ts";
import * as welcome from "./templates/welcome.ts";

/** Every mail template, by the key that a row of the outbox stores. */
export const TEMPLATES = {
  ...account,
  ...applications,
  ...dues,
  ...email_change,
  ...erasure,
  ...events,
  ...invitations,
  ...membership,
  ...newsletters,
  ...payers,
  ...receipts,
  ...reminders,
  ...second_factor,
  ...volunteers,
  ...welcome,
} satisfies Record<string, Template>;

export type TemplateKey = keyof typeof TEMPLATES;
