import type { Settings } from "../../src/env.ts";
import { composeMail, type Occasion } from "../../src/mail/compose.ts";
import type { Template } from "../../src/mail/letter.ts";
import { render } from "../../src/mail/render.ts";
import { TEMPLATES, type TemplateKey } from "../../src/mail/templates.ts";
import type { MailSender } from "../../src/organisation/organisation.ts";
import { settings } from "../harness/platform.ts";

/** How the organisation of the samples looks. */
export const organisation: MailSender = {
  name: "Rainbow & Friends",
  primary_colour: "#123456",
  accent_colour: "#fedcba",
  logo_url: null,
  logo_dark_url: null,
  membership_email: null,
  events_email: null,
  newsletter_email: null,
  time_zone: "America/New_York",
  postal_address: null,
  contact_email: null,
  tax_id: null,
  acknowledgement: null,
  discreet_mails: true,
  sensitive_words: ["gay", "queer", "trans"],
};
const FRONTEND_URL = "https://members.example";
const withFrontend: Settings = { ...settings, FRONTEND_URL };

const calendar = `${settings.API_URL}/api/events/calendar.ics?token=the.token`;
const ticket = `${settings.API_URL}/api/events/ticket?token=the.token`;
const cannot_come = `${settings.API_URL}/api/events/cannot-come?token=the.token`;

const read_in_browser = `${settings.API_URL}/api/newsletters/read?token=the.token`;
const newsletter_says = ["Hello", "Bring a blanket.", "Coming up:", "Picnic", "The park"];

/** What a reader must find in the sample of each template. */
const EXPECTED: Record<TemplateKey, { says: string[]; link?: string; links?: string[] }> = {
  newsletter: { says: newsletter_says, links: [read_in_browser] },
  newsletter_test: { says: newsletter_says },
  verification: {
    says: ["Hello,", "Confirm my address", "7 days"],
    link: `${FRONTEND_URL}/verify-email?token=the.token`,
  },
  already_registered: { says: ["Hi Robin,"], link: `${FRONTEND_URL}/login` },
  erasure_requested: {
    says: [
      "Hi Robin,",
      "You asked us to delete your account",
      "March 8, 2027",
      "sign in and take it back",
      "receipt number",
      "at most 30 days",
      "Stripe",
      "The service that sends our emails",
    ],
    link: `${FRONTEND_URL}/login`,
  },
  erasure_withdrawn: {
    says: ["Hi Robin,", "A volunteer took back the request to delete your account", "stays as it is"],
  },
  password_needed: {
    says: ["Hello,", "Choose a password", "1 hour"],
    link: `${FRONTEND_URL}/reset-password?token=the.token`,
  },
  activation: {
    says: ["Hello,", "Open my account", "14 days"],
    link: `${FRONTEND_URL}/activate?token=the.token`,
  },
  jobs_late: {
    says: ["Hi Robin,", "forget_old, reconcile"],
  },
  storage_filling: { says: ["Hi Robin,", "81% of the room"] },
  application_waiting: {
    says: ["Hi Robin,", "A new application is waiting"],
    link: `${FRONTEND_URL}/admin/users?status=pending_validation,pre_validated`,
  },
  approval: {
    says: ["Hi Robin,", "was approved", "$60.00 a year", "$40.00 until February 28"],
    link: `${FRONTEND_URL}/membership`,
  },
  reconsidered: { says: ["Hi Robin,", "again"] },
  invitation: {
    says: ["Hello,", "Come and join us.", "14 days"],
    link: `${FRONTEND_URL}/accept-invitation?token=the.token`,
  },
  invitation_to_owner: {
    says: ["Hi Robin,", "already have an account"],
    link: `${FRONTEND_URL}/login`,
  },
  vouching: {
    says: ["Hi Robin,", "Alex Example applied", "30 days"],
    link: `${FRONTEND_URL}/vouch?token=the.token`,
  },
  email_change_confirmation: {
    says: ["Hello,", "Confirm my address", "24 hours"],
    link: `${FRONTEND_URL}/confirm-email?token=the.token`,
  },
  email_change_requested: {
    says: ["Hi Robin,", "another email address"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  email_change_by_volunteer: {
    says: ["Hi Robin,", "entered another email address"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  email_changed: { says: ["Hi Robin,", "This is the last email"] },
  new_sign_in: {
    says: ["Hi Robin,", "Firefox on Linux", "March 1, 2027 at 6:30 PM EST"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  password_changed: {
    says: ["Hi Robin,", "Other devices", "March 1, 2027 at 6:30 PM EST"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  password_reset: {
    says: ["Hi Robin,", "1 hour"],
    link: `${FRONTEND_URL}/reset-password?token=the.token`,
  },
  payment_prompt: {
    says: ["Hi Robin,", "$60.00 a year", "$5.50 a month", "$1,000.00 once, for life", "$40.00 until February 28"],
    link: `${FRONTEND_URL}/membership`,
  },
  recovery_code_used: {
    says: ["Hi Robin,", "You have 7 left"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  rejection: {
    says: ["Hi Robin,", "We could not reach you."],
  },
  second_factor_changed: {
    says: ["Hi Robin,", "now has a second factor"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  event_confirmed: {
    says: [
      "Hi Robin,",
      "you have a seat",
      "Picnic",
      "March 1, 2027 at 6:30 PM EST",
      "The park",
      "https://meet.example",
    ],
    links: [calendar, ticket, cannot_come],
  },
  event_seat_given: {
    says: ["Hi Robin,", "signed you up", "you have a seat", "Picnic", "March 1, 2027 at 6:30 PM EST", "The park"],
    links: [calendar, ticket, cannot_come],
  },
  event_promoted: {
    says: ["Hi Robin,", "waiting list", "Picnic", "March 1, 2027 at 6:30 PM EST", "The park"],
    links: [calendar, ticket, cannot_come],
  },
  event_reminder: {
    says: ["Hi Robin,", "coming up", "Picnic", "March 1, 2027 at 6:30 PM EST", "The park"],
    links: [calendar, ticket, cannot_come],
  },
  event_for_newcomers: {
    says: [
      "Hi Robin,",
      "would like to meet you",
      "Picnic",
      "March 1, 2027 at 6:30 PM EST",
      "The park",
      "by February 28",
    ],
    link: `${FRONTEND_URL}/login`,
  },
  verification_reminder: {
    says: ["Hello,", "Confirm my address", "March 1, 2027", "not remind you again"],
    link: `${FRONTEND_URL}/verify-email?token=the.token`,
  },
  applications_overdue: {
    says: ["Hi Robin,", "3 applications have waited", "7 days"],
    link: `${FRONTEND_URL}/admin/users?status=pending_validation,pre_validated`,
  },
  payment_reminder: {
    says: ["Hi Robin,", "one step is left"],
    link: `${FRONTEND_URL}/membership`,
  },
  past_due_reminder: {
    says: ["Hi Robin,", "$60.00", "March 1, 2027", "past due"],
    link: `${FRONTEND_URL}/membership`,
  },
  event_seat_free: {
    says: ["Hi Robin,", "a seat is free", "Picnic", "March 1, 2027 at 6:30 PM EST"],
    link: `${FRONTEND_URL}/login`,
  },
  event_changed: {
    says: ["Hi Robin,", "has changed", "Picnic", "March 1, 2027 at 6:30 PM EST"],
    links: [calendar, cannot_come],
  },
  event_answer_removed: {
    says: ["Hi Robin,", "changed or removed your answer", "Picnic", "March 1, 2027 at 6:30 PM EST"],
  },
  event_cancelled: {
    says: ["Hi Robin,", "is canceled", "Picnic", "March 1, 2027 at 6:30 PM EST"],
  },
  event_message: {
    says: ["Hi Robin,", "Bring a blanket.", "See you there!", "Picnic", "March 1, 2027 at 6:30 PM EST"],
  },
  thank_you: {
    says: [
      ...[
        "Hi Robin,",
        "Received from",
        "Robin Doe",
        "Received by",
        "March 1, 2026",
        "$60.00",
        "$15.50",
        "$75.50",
        "In cash",
      ],
      ...["March 1, 2027", "statement"],
    ],
  },
  payment_receipt: {
    says: [
      ...[
        "Hi Robin,",
        "Received from",
        "Robin Doe",
        "Received by",
        "March 1, 2027",
        "$60.00",
        "$15.50",
        "$75.50",
        "By check",
      ],
      ...["December 31, 2027", "statement"],
    ],
  },
  payment_failed: {
    says: ["Hi Robin,", "$75.50", "March 1, 2027", "Nothing changes for now"],
    link: `${FRONTEND_URL}/membership`,
  },
  dues_taken_back: {
    says: ["Hi Robin,", "$75.50", "March 1, 2027", "unpaid again"],
  },
  membership_ended: {
    says: ["Hi Robin,", "ended on December 31, 2027"],
    link: `${FRONTEND_URL}/membership`,
  },
  membership_cancelled: {
    says: ["Hi Robin,", "until March 1, 2027 and then ends"],
  },
  membership_continues: { says: ["Hi Robin,", "your membership continues as before"] },
  renewal_reminder: {
    says: ["Hi Robin,", "March 1, 2027", "$60.00", "$15.50", "$75.50"],
    link: `${FRONTEND_URL}/membership`,
  },
  term_ending: {
    says: ["Hi Robin,", "Calendar year", "December 31, 2027", "does not renew automatically"],
    link: `${FRONTEND_URL}/membership`,
  },
  card_expiring: {
    says: ["Hi Robin,", "Visa, ending in 4242", "03/2027"],
    link: `${FRONTEND_URL}/membership`,
  },
  donation_receipt: {
    says: [
      "Dear Robin Doe,",
      "Received from",
      "Robin Doe",
      "Received by",
      "March 1, 2027",
      "$1,234.50",
      "By check",
      "$1.00",
      "For the choir.",
      "statement",
    ],
  },
  refund_notice: {
    says: ["Dear Robin,", "$15.50", "March 1, 2027", "Your donation"],
  },
  checkout_failed: {
    says: ["Dear Robin,", "$15.50", "Your dues", "Nothing was taken", "please start again"],
    link: `${FRONTEND_URL}/membership`,
  },
  refund_failed: {
    says: ["Dear Robin,", "$15.50", "Your dues", "it will not arrive", "We will be in touch"],
  },
  refund_undelivered: {
    says: ["Hello,", "$75.50", "A donation", "A refund failed"],
  },
  payment_unplaced: {
    says: ["Hello,", "Dues", "sub_1", "the person cannot become active"],
  },
  photo_taken_down: {
    says: ["Hello,", "Picnic", "Nobody sees it anymore", "Only the person who asked"],
  },
  dispute_opened: {
    says: ["Hello,", "$75.50", "Dues", "March 1, 2027 at 6:30 PM EST"],
  },
};

/** The templates with the data of their samples. */
export const SAMPLES = Object.fromEntries(
  Object.entries(EXPECTED).map(([key, expected]) => {
    const { sample }: Template = TEMPLATES[key as TemplateKey];
    return [key, { data: sample, ...expected }];
  }),
) as Record<TemplateKey, { data: Record<string, unknown>; says: string[]; link?: string; links?: string[] }>;

/** A mail as it goes out, with a frontend and a token unless told otherwise. */
export function compose(key: TemplateKey, data: unknown, occasion: Partial<Occasion> = {}) {
  const around = { settings: withFrontend, organisation, token: "the.token", ...occasion };
  const letter = composeMail(TEMPLATES[key], data, around);
  return { ...letter, ...render(letter, around.organisation) };
}
