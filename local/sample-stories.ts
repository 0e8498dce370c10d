import type * as z from "zod";
import type { LinkPurpose } from "../src/access/signatures.ts";
import type { TEMPLATES, TemplateKey } from "../src/mail/templates.ts";
import { hoursAfter, inDays } from "./sample-dates.ts";
import { SAMPLE } from "./sample-ids.ts";
import type { Reader, Seen } from "./sample-seen.ts";

/** The row behind a mail's link. Mails of the same name have the same one. */
export interface Link {
  purpose: LinkPurpose;
  name?: string;
  new_email?: string;
  invitation_id?: string;
  vouching_id?: string;
}

/** A mail, and when it was written. */
interface Story<Key extends TemplateKey> {
  to: Reader;
  sent_at: string;
  data: z.input<(typeof TEMPLATES)[Key]["data"]>;
  link?: Link;
  newsletter_id?: string;
}

export type Stories = { [Key in TemplateKey]?: Story<Key> };

/** How long links in sample mails work, whatever the mail says: whoever looks at them a week later can still open them. */
export const LINK_DAYS = 30;

/**
 * A mail from each template that nothing in the sample data causes. It goes to somebody of whom it is true, or to Robin, whose
 * rows were made for it (sample-readers.ts).
 */
export const storiesOf = (seen: Seen): Stories => ({
  ...accountStories(seen),
  ...applicationStories(seen),
  ...duesStories(seen),
  ...eventStories(seen),
  ...volunteerStories(seen),
});

function accountStories({ personOf }: Seen): Stories {
  const robin = personOf("robin");
  const paula = personOf("paula");
  const { first_name } = robin;
  const told = (sent_at: string) => ({ to: robin, sent_at, data: { first_name } });
  const at = (email: string): Reader => ({ ...robin, email });
  const new_email = "robins.new.address@loaf.test";
  return {
    email_changed: { ...told(inDays(-40)), to: at("robins.old.address@loaf.test") },
    already_registered: told(inDays(-30)),
    invitation_to_owner: told(inDays(-28)),
    new_sign_in: {
      ...told(inDays(-20)),
      data: { first_name, device: "Firefox on Linux", signed_in_at: inDays(-20) },
    },
    password_changed: { ...told(inDays(-19)), data: { first_name, changed_at: inDays(-19) } },
    recovery_code_used: { ...told(inDays(-17)), data: { first_name, left: 7 } },
    second_factor_changed: { ...told(inDays(-17, 1)), data: { first_name, change: "disabled" } },
    erasure_requested: {
      ...told(inDays(-2, -2)),
      data: { first_name, erase_at: inDays(5, -2), by_volunteer: false },
    },
    erasure_withdrawn: { ...told(inDays(-2)), data: { first_name, by_volunteer: false } },
    email_change_by_volunteer: told(inDays(0, -20)),
    email_change_requested: told(inDays(0, -6)),
    email_change_confirmation: {
      to: at(new_email),
      sent_at: inDays(0, -6),
      data: {},
      link: { purpose: "change_email", new_email },
    },
    password_reset: { ...told(inDays(0)), link: { purpose: "reset_password" } },
    activation: {
      to: paula,
      sent_at: inDays(-6, 9),
      data: {},
      link: { purpose: "activate", new_email: paula.email },
    },
  };
}

function applicationStories({ personOf, eventOf, plans }: Seen): Stories {
  const [ada, appa, dana, mo] = [personOf("ada"), personOf("appa"), personOf("dana"), personOf("mo")];
  const [remy, uma, wim] = [personOf("remy"), personOf("uma"), personOf("wim")];
  const { title, start_at, time_zone } = eventOf("coffee");
  const toUma = { to: uma, link: { purpose: "verify_email", name: "Uma's address" } } as const;
  return {
    verification: { ...toUma, sent_at: uma.created_at, data: {} },
    verification_reminder: { ...toUma, sent_at: inDays(0, -9), data: { expires_at: inDays(LINK_DAYS) } },
    password_needed: { to: dana, sent_at: inDays(-1, 2), data: {}, link: { purpose: "reset_password" } },
    reconsidered: { to: mo, sent_at: inDays(-18), data: { first_name: mo.first_name } },
    rejection: {
      to: remy,
      sent_at: remy.rejected_at ?? inDays(-20),
      data: { first_name: remy.first_name, reason: remy.rejection_reason ?? "" },
    },
    event_for_newcomers: {
      to: wim,
      sent_at: inDays(-3),
      data: { first_name: wim.first_name, title, start_at, time_zone },
    },
    approval: { to: appa, sent_at: appa.created_at, data: { first_name: appa.first_name, plans } },
    checkout_failed: {
      to: appa,
      sent_at: inDays(-22),
      data: { name: `${appa.first_name} Approved`, amount_cents: 6000, what: "dues" },
    },
    payment_reminder: { to: appa, sent_at: inDays(-14), data: { first_name: appa.first_name } },
    payment_prompt: { to: appa, sent_at: inDays(-4), data: { first_name: appa.first_name, plans } },
    invitation: {
      to: { id: null, email: "ida@loaf.test", first_name: "" },
      sent_at: inDays(0, -3),
      data: { message: null },
      link: { purpose: "accept_invitation", invitation_id: SAMPLE.invitation.to_remind },
    },
    vouching: {
      to: ada,
      sent_at: inDays(0, -2),
      data: { first_name: ada.first_name, applicant_name: "Wanda Waiting" },
      link: { purpose: "vouch", vouching_id: SAMPLE.vouching.about_wanda },
    },
  };
}

function duesStories({ personOf, duesOf, ending }: Seen): Stories {
  const [robin, cal, enda] = [personOf("robin"), duesOf("cal"), duesOf("enda")];
  const [pia, quim, yara] = [duesOf("pia"), duesOf("quim"), duesOf("yara")];
  const daysBefore = (instant: string, days: number) => hoursAfter(instant, -24 * days);
  const announced = [7, 14, 30, 60].map((days) => daysBefore(ending.current_term_end, days));
  const ended_at = cal.cancelled_at ?? cal.current_term_end;
  return {
    // Before the term that Yara is in.
    renewal_reminder: {
      to: yara,
      sent_at: daysBefore(yara.current_term_start, 7),
      data: {
        first_name: yara.first_name,
        base_subscription_cents: yara.base_subscription_cents,
        donation_cents: yara.donation_cents,
        renews_at: yara.current_term_start,
      },
    },
    card_expiring: {
      to: quim,
      sent_at: inDays(0, -12),
      data: {
        first_name: quim.first_name,
        card_brand: quim.card_brand ?? "",
        card_last4: quim.card_last4 ?? "",
        card_exp_month: quim.card_exp_month ?? 0,
        card_exp_year: quim.card_exp_year ?? 0,
      },
    },
    past_due_reminder: {
      to: pia,
      sent_at: inDays(0, -15),
      data: {
        first_name: pia.first_name,
        amount_cents: pia.base_subscription_cents + pia.donation_cents,
        active_until: pia.grace_ends_at ?? pia.current_term_end,
      },
    },
    term_ending: {
      to: ending,
      sent_at: announced.find((day) => Date.parse(day) < Date.now()) ?? inDays(0),
      data: { first_name: ending.first_name, plan_name: ending.plan_name, term_end: ending.current_term_end },
    },
    membership_cancelled: {
      to: enda,
      sent_at: inDays(-20),
      data: { first_name: enda.first_name, ends_at: enda.current_term_end },
    },
    membership_continues: { to: robin, sent_at: inDays(-32), data: { first_name: robin.first_name } },
    membership_ended: { to: cal, sent_at: ended_at, data: { first_name: cal.first_name, ended_at } },
    refund_failed: {
      to: robin,
      sent_at: inDays(-21),
      data: { name: "Robin Reader", amount_cents: 1550, what: "donation" },
    },
  };
}

function eventStories({ personOf, eventOf, cancelled: canceled_event }: Seen): Stories {
  const robin = personOf("robin");
  const known = { first_name: robin.first_name, user_id: robin.id };
  const about = (name: keyof typeof SAMPLE.event, sent_at: string) => ({
    to: robin,
    sent_at,
    data: { ...known, ...eventOf(name) },
  });
  const { cancelled_at, ...cancelled } = canceled_event;
  const { event_id, title, start_at, time_zone } = eventOf("board_games");
  return {
    event_confirmed: about("board_games", inDays(-12)),
    event_seat_given: about("walk", inDays(-11)),
    event_promoted: about("cooking", inDays(-10)),
    event_changed: about("book_club", inDays(-5)),
    event_seat_free: about("pottery", hoursAfter(eventOf("pottery").start_at, -6)),
    event_reminder: about("walk", hoursAfter(eventOf("walk").start_at, -48)),
    event_answer_removed: about("open_mic", inDays(-3)),
    event_cancelled: { to: robin, sent_at: cancelled_at ?? cancelled.start_at, data: { ...known, ...cancelled } },
    event_message: {
      to: robin,
      sent_at: inDays(-1),
      data: {
        first_name: robin.first_name,
        event_id,
        subject: "About the board games",
        body: "Bring your favorite game.\n\nSee you there!",
        title,
        start_at,
        time_zone,
        reply_to: "events@example.org",
      },
    },
    newsletter: {
      to: robin,
      sent_at: inDays(-9),
      data: { newsletter_id: SAMPLE.newsletter.sent, content: null },
      newsletter_id: SAMPLE.newsletter.sent,
    },
  };
}

function volunteerStories({ personOf, eventOf, overdue }: Seen): Stories {
  const [fin, vera] = [personOf("fin"), personOf("vera")];
  const { first_name } = vera;
  return {
    application_waiting: { to: vera, sent_at: inDays(-6), data: { first_name } },
    applications_overdue: { to: vera, sent_at: inDays(0, -1), data: { first_name, waiting: overdue } },
    jobs_late: { to: vera, sent_at: inDays(-8), data: { first_name, jobs: ["forget_old", "reconcile"] } },
    newsletter_test: {
      to: vera,
      sent_at: inDays(-10),
      data: { newsletter_id: SAMPLE.newsletter.sent, content: null },
    },
    payment_unplaced: {
      to: fin,
      sent_at: inDays(-13),
      data: { payment_kind: "dues", stripe_id: "sub_1", reason: "the person cannot become active" },
    },
    photo_taken_down: { to: vera, sent_at: inDays(-2), data: { event_title: eventOf("picnic").title } },
    refund_undelivered: {
      to: fin,
      sent_at: inDays(-21),
      data: { amount_cents: 1550, payment_kind: "donation", told: true },
    },
    storage_filling: { to: vera, sent_at: inDays(-15), data: { first_name, percent: 81 } },
  };
}
