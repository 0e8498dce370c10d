import type { Settings } from "../../src/env.ts";
import type { Surroundings, Template } from "../../src/mail/letter.ts";
import { render } from "../../src/mail/render.ts";
import { TEMPLATES, type TemplateKey } from "../../src/mail/templates.ts";
import type { Organisation } from "../../src/organisation/organisation.ts";
import { settings } from "../harness/platform.ts";

/** How the organisation of the samples looks. */
export const organisation: Organisation = {
  name: "Rainbow & Friends",
  primary_colour: "#123456",
  accent_colour: "#fedcba",
  logo_url: null,
  time_zone: "America/New_York",
  postal_address: null,
  contact_email: null,
  tax_id: null,
  acknowledgement: null,
};
const FRONTEND_URL = "https://members.example";
const withFrontend: Settings = { ...settings, FRONTEND_URL };

const calendar = `${settings.API_URL}/api/events/the-event/calendar.ics`;
const cannot_come = `${settings.API_URL}/api/events/cannot-come?token=the.token`;

/** What each template may be given, and what a reader must find in it. */
export const SAMPLES: Record<
  TemplateKey,
  { data: Record<string, unknown>; says: string[]; link?: string; links?: string[] }
> = {
  verification: {
    data: {},
    says: ["Hello,", "Confirm my address", "7 days"],
    link: `${FRONTEND_URL}/verify-email?token=the.token`,
  },
  already_registered: { data: { first_name: "Robin" }, says: ["Hello Robin,"], link: `${FRONTEND_URL}/login` },
  erasure_requested: {
    data: { first_name: "Robin", erase_at: "2027-03-08T18:30:00Z", by_volunteer: false },
    says: [
      "Hello Robin,",
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
    data: { first_name: "Robin", by_volunteer: true },
    says: ["Hello Robin,", "A volunteer took back the request to delete your account", "stays as it is"],
    link: `${FRONTEND_URL}/login`,
  },
  password_needed: {
    data: {},
    says: ["Hello,", "Choose a password", "1 hour"],
    link: `${FRONTEND_URL}/reset-password?token=the.token`,
  },
  activation: {
    data: {},
    says: ["Hello,", "Open my account", "14 days"],
    link: `${FRONTEND_URL}/activate?token=the.token`,
  },
  application_waiting: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "A new application is waiting"],
    link: `${FRONTEND_URL}/admin/users?status=pending_validation`,
  },
  approval: { data: { first_name: "Robin" }, says: ["Hello Robin,", "was approved"] },
  reconsidered: { data: { first_name: "Robin" }, says: ["Hello Robin,", "again"] },
  invitation: {
    data: { message: "Come and join us.\nRobin" },
    says: ["Hello,", "Come and join us.", "14 days"],
    link: `${FRONTEND_URL}/accept-invitation?token=the.token`,
  },
  invitation_to_owner: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "already have an account"],
    link: `${FRONTEND_URL}/login`,
  },
  vouching: {
    data: { first_name: "Robin", applicant_name: "Alex Example" },
    says: ["Hello Robin,", "Alex Example applied", "30 days"],
    link: `${FRONTEND_URL}/vouch?token=the.token`,
  },
  email_change_confirmation: {
    data: {},
    says: ["Hello,", "Confirm my new address", "24 hours"],
    link: `${FRONTEND_URL}/confirm-email?token=the.token`,
  },
  email_change_requested: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "another email address"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  email_change_by_volunteer: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "entered another email address"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  email_changed: { data: { first_name: "Robin" }, says: ["Hello Robin,", "This is the last email"] },
  new_sign_in: {
    data: { first_name: "Robin", device: "Firefox on Linux", signed_in_at: "2027-03-01T23:30:00.000Z" },
    says: ["Hello Robin,", "Firefox on Linux", "March 1, 2027 at 6:30 PM EST"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  password_changed: {
    data: { first_name: "Robin", changed_at: "2027-03-01T23:30:00.000Z" },
    says: ["Hello Robin,", "Other devices", "March 1, 2027 at 6:30 PM EST"],
    link: `${FRONTEND_URL}/forgot-password`,
  },
  password_reset: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "1 hour"],
    link: `${FRONTEND_URL}/reset-password?token=the.token`,
  },
  payment_prompt: {
    data: {
      first_name: "Robin",
      plans: [
        { name: "Regular", price_cents: 6000, billing_cycle: "yearly" },
        { name: "Small", price_cents: 550, billing_cycle: "monthly" },
        { name: "For life", price_cents: 100_000, billing_cycle: "lifetime", term_end_month: null, term_end_day: null },
        { name: "Season", price_cents: 4000, billing_cycle: "custom", term_end_month: 2, term_end_day: 28 },
      ],
    },
    says: ["Hello Robin,", "$60.00 a year", "$5.50 a month", "$1,000.00 once, for life", "$40.00 until February 28"],
    link: `${FRONTEND_URL}/membership`,
  },
  recovery_code_used: { data: { first_name: "Robin", left: 7 }, says: ["Hello Robin,", "You have 7 left"] },
  rejection: {
    data: { first_name: "Robin", reason: "We could not reach you." },
    says: ["Hello Robin,", "We could not reach you."],
  },
  second_factor_changed: {
    data: { first_name: "Robin", change: "enabled" },
    says: ["Hello Robin,", "now has a second factor"],
  },
  event_confirmed: {
    data: {
      first_name: "Robin",
      user_id: "the-user",
      event_id: "the-event",
      title: "Picnic",
      start_at: "2027-03-01T23:30:00.000Z",
      end_at: "2027-03-02T01:30:00.000Z",
      time_zone: null,
      location: "The park",
      online_url: "https://meet.example",
    },
    says: [
      "Hello Robin,",
      "you have a seat",
      "Picnic",
      "March 1, 2027 at 6:30 PM EST",
      "The park",
      "https://meet.example",
    ],
    links: [calendar, cannot_come],
  },
  event_promoted: {
    data: {
      first_name: "Robin",
      user_id: "the-user",
      event_id: "the-event",
      title: "Picnic",
      start_at: "2027-03-01T23:30:00.000Z",
      end_at: "2027-03-02T01:30:00.000Z",
      time_zone: null,
      location: "The park",
      online_url: null,
    },
    says: ["Hello Robin,", "waiting list", "Picnic", "March 1, 2027 at 6:30 PM EST", "The park"],
    links: [calendar, cannot_come],
  },
  event_reminder: {
    data: {
      first_name: "Robin",
      user_id: "the-user",
      event_id: "the-event",
      title: "Picnic",
      start_at: "2027-03-01T23:30:00.000Z",
      end_at: "2027-03-02T01:30:00.000Z",
      time_zone: null,
      location: "The park",
      online_url: null,
    },
    says: ["Hello Robin,", "coming up", "Picnic", "March 1, 2027 at 6:30 PM EST", "The park"],
    links: [calendar, cannot_come],
  },
  event_for_newcomers: {
    data: { first_name: "Robin", title: "Picnic", start_at: "2027-03-01T23:30:00.000Z", time_zone: null },
    says: ["Hello Robin,", "would like to meet you", "Picnic", "March 1, 2027 at 6:30 PM EST"],
    link: `${FRONTEND_URL}/login`,
  },
  verification_reminder: {
    data: { expires_at: "2027-03-01T23:30:00.000Z" },
    says: ["Hello,", "Confirm my address", "March 1, 2027", "not remind you again"],
    link: `${FRONTEND_URL}/verify-email?token=the.token`,
  },
  applications_overdue: {
    data: { first_name: "Robin", waiting: 3 },
    says: ["Hello Robin,", "3 applications have waited", "7 days"],
    link: `${FRONTEND_URL}/admin/users?status=pending_validation`,
  },
  payment_reminder: {
    data: { first_name: "Robin" },
    says: ["Hello Robin,", "one step is left"],
    link: `${FRONTEND_URL}/membership`,
  },
  past_due_reminder: {
    data: { first_name: "Robin", amount_cents: 6000, active_until: "2027-03-02T05:00:00.000Z" },
    says: ["Hello Robin,", "$60.00", "March 1, 2027", "past due"],
    link: `${FRONTEND_URL}/membership`,
  },
  event_seat_free: {
    data: {
      first_name: "Robin",
      user_id: "the-user",
      event_id: "the-event",
      title: "Picnic",
      start_at: "2027-03-01T23:30:00.000Z",
      end_at: "2027-03-02T01:30:00.000Z",
      time_zone: null,
      location: null,
      online_url: null,
    },
    says: ["Hello Robin,", "a seat is free", "Picnic", "March 1, 2027 at 6:30 PM EST"],
  },
  event_changed: {
    data: {
      first_name: "Robin",
      user_id: "the-user",
      event_id: "the-event",
      title: "Picnic",
      start_at: "2027-03-01T23:30:00.000Z",
      end_at: "2027-03-02T01:30:00.000Z",
      time_zone: null,
      location: null,
      online_url: null,
    },
    says: ["Hello Robin,", "has changed", "Picnic", "March 1, 2027 at 6:30 PM EST"],
    links: [calendar, cannot_come],
  },
  event_cancelled: {
    data: {
      first_name: "Robin",
      user_id: "the-user",
      event_id: "the-event",
      title: "Picnic",
      start_at: "2027-03-01T23:30:00.000Z",
      end_at: "2027-03-02T01:30:00.000Z",
      time_zone: null,
      location: "The park",
      online_url: null,
    },
    says: ["Hello Robin,", "is canceled", "Picnic", "March 1, 2027 at 6:30 PM EST"],
  },
  event_message: {
    data: {
      first_name: "Robin",
      subject: "About Sunday",
      body: "Bring a blanket.\n\nSee you there!",
      title: "Picnic",
      start_at: "2027-03-01T23:30:00.000Z",
      time_zone: null,
      reply_to: "events@example.org",
    },
    says: ["Hello Robin,", "Bring a blanket.", "See you there!", "Picnic", "March 1, 2027 at 6:30 PM EST"],
  },
  thank_you: {
    data: {
      first_name: "Robin",
      base_subscription_cents: 6000,
      donation_cents: 1550,
      paid_at: "2026-03-01T23:30:00.000Z",
      payment_method: "cash",
      current_term_end: "2027-03-01T23:30:00.000Z",
    },
    says: [
      ...["Dear Robin,", "Received by", "March 1, 2026", "$60.00", "$15.50", "$75.50", "In cash"],
      ...["March 1, 2027", "statement"],
    ],
  },
  payment_receipt: {
    data: {
      first_name: "Robin",
      base_subscription_cents: 6000,
      donation_cents: 1550,
      paid_at: "2027-03-01T23:30:00.000Z",
      term_end: "2028-01-01T05:00:00.000Z",
      payment_method: "cheque",
    },
    says: [
      ...["Dear Robin,", "Received by", "March 1, 2027", "$60.00", "$15.50", "$75.50", "By check"],
      ...["December 31, 2027", "statement"],
    ],
  },
  payment_failed: {
    data: { first_name: "Robin", amount_cents: 7550, grace_ends_at: "2027-03-01T23:30:00.000Z" },
    says: ["Hello Robin,", "$75.50", "March 1, 2027", "Nothing changes for now"],
    link: `${FRONTEND_URL}/membership`,
  },
  membership_ended: {
    data: { first_name: "Robin", ended_at: "2028-01-01T05:00:00.000Z" },
    says: ["Dear Robin,", "ended on December 31, 2027"],
    link: `${FRONTEND_URL}/membership`,
  },
  membership_cancelled: {
    data: { first_name: "Robin", ends_at: "2027-03-01T23:30:00.000Z" },
    says: ["Dear Robin,", "until March 1, 2027 and then ends"],
  },
  membership_continues: { data: { first_name: "Robin" }, says: ["Dear Robin,", "your membership continues as before"] },
  renewal_reminder: {
    data: {
      first_name: "Robin",
      base_subscription_cents: 6000,
      donation_cents: 1550,
      renews_at: "2027-03-01T23:30:00.000Z",
    },
    says: ["Hello Robin,", "March 1, 2027", "$60.00", "$15.50", "$75.50"],
    link: `${FRONTEND_URL}/membership`,
  },
  term_ending: {
    data: { first_name: "Robin", plan_name: "Calendar year", term_end: "2028-01-01T05:00:00.000Z" },
    says: ["Hello Robin,", "Calendar year", "December 31, 2027", "does not renew automatically"],
    link: `${FRONTEND_URL}/membership`,
  },
  card_expiring: {
    data: { first_name: "Robin", card_brand: "visa", card_last4: "4242", card_exp_month: 3, card_exp_year: 2027 },
    says: ["Hello Robin,", "Visa, ending in 4242", "03/2027"],
    link: `${FRONTEND_URL}/membership`,
  },
  donation_receipt: {
    data: {
      donor_name: "Robin Doe",
      amount_cents: 123_450,
      refunded_cents: 100,
      paid_at: "2027-03-01T23:30:00.000Z",
      payment_method: "cheque",
      message: "For the choir.",
    },
    says: [
      "Dear Robin Doe,",
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
    data: { name: "Robin", amount_cents: 1550, refunded_at: "2027-03-01T23:30:00.000Z", what: "donation" },
    says: ["Dear Robin,", "$15.50", "March 1, 2027", "Your donation"],
  },
  checkout_failed: {
    data: { name: "Robin", amount_cents: 1550, what: "dues" },
    says: ["Dear Robin,", "$15.50", "Your dues", "Nothing was taken", "Sign in to pay again"],
    link: `${FRONTEND_URL}/membership`,
  },
  refund_failed: {
    data: { name: "Robin", amount_cents: 1550, what: "dues" },
    says: ["Dear Robin,", "$15.50", "Your dues", "it will not arrive", "We will be in touch"],
  },
  refund_undelivered: {
    data: { amount_cents: 7550, payment_kind: "donation" },
    says: ["Hello,", "$75.50", "A donation", "A refund failed"],
  },
  payment_unplaced: {
    data: { payment_kind: "dues", stripe_id: "sub_1", reason: "the person cannot become active" },
    says: ["Hello,", "Dues", "sub_1", "the person cannot become active"],
  },
  photo_taken_down: {
    data: { event_title: "Picnic" },
    says: ["Hello,", "Picnic", "Nobody sees it any more", "Only whoever asked"],
  },
  dispute_opened: {
    data: { amount_cents: 7550, payment_kind: "dues", respond_by: "2027-03-01T23:30:00.000Z" },
    says: ["Hello,", "$75.50", "Dues", "March 1, 2027 at 6:30 PM EST"],
  },
};

/** A mail as it goes out, with a frontend and a token unless told otherwise. */
export function compose(key: TemplateKey, data: unknown, surroundings: Partial<Surroundings> = {}) {
  const template: Template = TEMPLATES[key];
  const around = { settings: withFrontend, organisation, token: "the.token", ...surroundings };
  const letter = template.compose(template.data.parse(data), around);
  return { ...letter, ...render(letter, around.organisation) };
}
