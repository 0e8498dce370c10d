import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { formatCents } from "../../money/format.ts";
import { moment } from "../../time/format.ts";
import { button, type Fact, facts, template } from "../letter.ts";

const PaymentKind = z.enum(["dues", "donation"]);

const PAYMENT_KIND = { dues: "Dues", donation: "A donation" };

/** A refund or dispute. Cents. Mails from before we had the id may still be waiting. */
const Reversed = z.object({ amount_cents: z.int(), payment_kind: PaymentKind, stripe_id: z.string().optional() });

const reversed = ({ amount_cents, payment_kind, stripe_id }: z.infer<typeof Reversed>, currency: string): Fact[] => [
  ["Amount", formatCents(amount_cents, currency)],
  ["Paid for", PAYMENT_KIND[payment_kind]],
  ...(stripe_id ? [atStripe(stripe_id)] : []),
];

const atStripe = (stripe_id: string): Fact => ["At Stripe", stripe_id];

/** Tells volunteers who may approve applications that somebody has applied. Does not name the applicant. */
export const application_waiting = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, organisation }) => ({
    subject: `${organisation.name}: someone is waiting`,
    blocks: [
      `Hello ${first_name},`,
      "A new application is waiting for review. You get this email at most once a day.",
      ...button("Review applications", links.waitingApplicants(settings)),
    ],
  }),
});

/** Tells those who read the log of jobs that some no longer succeed. */
export const jobs_late = template({
  data: z.object({ first_name: z.string(), jobs: z.array(z.string()) }),
  compose: ({ first_name, jobs }, { organisation }) => ({
    subject: `${organisation.name}: something no longer runs`,
    blocks: [
      `Hello ${first_name},`,
      `Some work that we do in the background has not succeeded for a while: ${jobs.join(", ")}.`,
      "The list of jobs says why. You get this email once, and again only if it happens anew.",
    ],
  }),
});

/** To volunteers who can look into or refund a payment that matches no membership or donation. Names nobody. */
export const payment_unplaced = template({
  data: z.object({
    payment_kind: PaymentKind,
    /** Stripe's id of the payment, or of the subscription that it belongs to. */
    stripe_id: z.string(),
    reason: z.string(),
  }),
  compose: ({ payment_kind, stripe_id, reason }, { organisation }) => ({
    subject: `${organisation.name}: money needs your attention`,
    blocks: [
      "Hello,",
      "We received a payment, but could not match it to a membership or a donation. The money is in our account.",
      facts(["Paid for", PAYMENT_KIND[payment_kind]], atStripe(stripe_id), ["Problem", reason]),
      "You can find it in the list of parked events. Once the problem is fixed, replay the event. If it is no longer parked, somebody has already taken care of it. If you cannot fix the problem, please refund the payment in Stripe's dashboard.",
    ],
  }),
});

/** Tells holders of `donations.refund` that a bank disputes a payment or asks about one. Does not name the payer. */
export const dispute_opened = template({
  data: Reversed.extend({ respond_by: z.string().nullable(), inquiry: z.boolean().default(false) }),
  compose: ({ respond_by, inquiry, ...dispute }, { settings, organisation }) => ({
    subject: `${organisation.name}: ${inquiry ? "a bank has a question" : "a dispute was opened"}`,
    blocks: [
      "Hello,",
      inquiry
        ? "Somebody asked their bank about a payment to us, and the bank has passed the question on. This is only an inquiry, and no money was taken back. It may still become a dispute."
        : "Somebody disputed a payment to us, and their bank wants the money back.",
      facts(
        ...reversed(dispute, settings.CURRENCY),
        ...(respond_by ? [["Deadline", moment(respond_by, organisation.time_zone)] satisfies Fact] : []),
      ),
      respond_by
        ? `Please respond in Stripe's dashboard, under disputes. Without a response, the money ${inquiry ? "may be taken back" : "is lost"}.`
        : "You can find it in Stripe's dashboard, under disputes. You do not have to respond.",
    ],
  }),
});

/** To holders of `donations.refund`: a refund failed. Names nobody. */
export const refund_undelivered = template({
  data: Reversed.extend({
    /** Whether the payer was told that it failed. */
    told: z.boolean().default(false),
  }),
  compose: ({ told, ...refund }, { settings, organisation }) => ({
    subject: `${organisation.name}: a refund failed`,
    blocks: [
      "Hello,",
      told
        ? "A refund failed, and the money is back in our account. We told the payer that we will be in touch."
        : "A refund failed, and the money is back in our account. The payer has not heard about this from us.",
      facts(...reversed(refund, settings.CURRENCY)),
      "You can find the refund under its payment in Stripe's dashboard. Please pay the money back in another way.",
    ],
  }),
});

/** To holders of `gallery.edit`: somebody asked to take a photo down. Does not say who asked, or who is in it. */
export const photo_taken_down = template({
  data: z.object({ event_title: z.string() }),
  compose: ({ event_title }, { organisation }) => ({
    subject: `${organisation.name}: the gallery has changed`,
    blocks: [
      "Hello,",
      `Somebody asked to take down a photo of "${event_title}". Nobody sees it any more.`,
      "There is nothing that you have to do. Only whoever asked can take it back. You can delete the photo for good.",
    ],
  }),
});
