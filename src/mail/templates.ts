import type { Template } from "./letter.ts";
import * as account from "./templates/account.ts";
import * as applications from "./templates/applications.ts";
import * as dues from "./templates/dues.ts";
import * as erasure from "./templates/erasure.ts";
import * as events from "./templates/events.ts";
import * as invitations from "./templates/invitations.ts";
import * as membership from "./templates/membership.ts";
import * as newsletters from "./templates/newsletters.ts";
import * as payers from "./templates/payers.ts";
import * as volunteers from "./templates/volunteers.ts";

/** Every mail template, by the key that a row of the outbox stores. */
export const TEMPLATES = {
  ...account,
  ...applications,
  ...dues,
  ...invitations,
  ...erasure,
  ...events,
  ...membership,
  ...newsletters,
  ...payers,
  ...volunteers,
} satisfies Record<string, Template>;

export type TemplateKey = keyof typeof TEMPLATES;
