import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { type Fact, facts, type Surroundings, signInButton, template } from "../letter.ts";

const PaymentKind = z.enum(["dues", "donation"]);

/** A refund or dispute. Cents. Mails from before we had the id may still be waiting. */
const Reversed = z.object({ amount_cents: z.int(), payment_kind: PaymentKind, stripe_id: z.string().optional() });

const SHARED = {
  greeting: "Hello,",
  paid_for: "Paid for",
  dues: "Dues",
  donation: "A donation",
  at_stripe: "At Stripe",
} as const;

type Around = Surroundings<typeof SHARED>;

function reversed({ amount_cents, payment_kind, stripe_id }: z.infer<typeof Reversed>, around: Around): Fact[] {
  const { say, common, format } = around;
  const id: Fact[] = stripe_id ? [[say("at_stripe"), stripe_id]] : [];
  return [[common("amount"), format.money(amount_cents)], [say("paid_for"), say(payment_kind)], ...id];
}

/** Tells volunteers who may approve applications that somebody has applied. Does not name the applicant. */
export const application_waiting = template({
  data: z.object({ first_name: z.string() }),
  words: {
    subject: "{organization}: someone is waiting",
    preheader: "Please take a look when you can.",
    greeting: "Hi {first_name},",
    what_happened:
      "A new application is waiting for review. Please take a look when you can. You get this email at most once a day.",
    button: "Review applications",
  },
  sample: { first_name: "Robin" },
  compose: (_, { say, common, settings }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...signInButton(say("button"), links.waitingApplicants(settings), common),
    ],
  }),
});

/** Tells those who read the log of jobs that some no longer succeed. */
export const jobs_late = template({
  data: z.object({ first_name: z.string(), jobs: z.array(z.string()) }),
  words: {
    subject: "{organization}: something no longer runs",
    preheader: "Please take a look at the list of jobs.",
    greeting: "Hi {first_name},",
    what_happened:
      "Some of the work that the platform does in the background has not succeeded for a while. Until it does, some emails or records may be late.",
    jobs: "Jobs",
    what_to_do:
      "Please look at the list of jobs today: it says why. If you cannot fix it, please tell whoever runs the platform. You get this email once. If the jobs recover and stop again, you get another one.",
  },
  sample: { first_name: "Robin", jobs: ["forget_old", "reconcile"] },
  compose: ({ jobs }, { say }) => ({
    blocks: [say("greeting"), say("what_happened"), facts([say("jobs"), jobs.join(", ")]), say("what_to_do")],
  }),
});

/** Tells those who look after the storage that it fills. */
export const storage_filling = template({
  data: z.object({ first_name: z.string(), percent: z.int() }),
  words: {
    subject: "{organization}: room for files is running out",
    preheader: "Please take a look at the storage.",
    greeting: "Hi {first_name},",
    what_happened:
      "The files that the platform keeps (photos, documents, covers) take {percent}% of the room for them. Once it is full, nobody can upload anything.",
    what_to_do:
      "Please delete what nobody needs anymore, or ask whoever runs the platform to raise the limit. The page of the storage shows what takes how much. You get this email at 80% and at 95%, once each. If there is room again and it fills up another time, you get it again.",
  },
  sample: { first_name: "Robin", percent: 81 },
  compose: ({ percent }, { say }) => ({
    blocks: [say("greeting"), say("what_happened", { percent: String(percent) }), say("what_to_do")],
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
  words: {
    subject: "{organization}: money needs your attention",
    preheader: "We received some that we could not place.",
    ...SHARED,
    what_happened:
      "We received a payment, but could not match it to a membership or a donation. The money is in our account.",
    problem: "Problem",
    what_to_do:
      "Please look at the list of parked events. Once the problem is fixed, replay the event. If it is no longer parked, somebody has already taken care of it. If you cannot fix the problem, please refund the payment in Stripe's dashboard.",
  },
  sample: { payment_kind: "dues", stripe_id: "sub_1", reason: "the person cannot become active" },
  compose: ({ payment_kind, stripe_id, reason }, { say }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      facts([say("paid_for"), say(payment_kind)], [say("at_stripe"), stripe_id], [say("problem"), reason]),
      say("what_to_do"),
    ],
  }),
});

/**
 * Tells holders of `donations.refund` that a bank disputes a payment, asks about one, or took one back for good, or that
 * they may appeal. Does not name the payer.
 */
export const dispute_opened = template({
  data: Reversed.extend({
    respond_by: z.string().nullable(),
    inquiry: z.boolean().default(false),
    lost: z.boolean().default(false),
    appeal: z.boolean().default(false),
  }),
  words: {
    subject: "{organization}: a dispute was opened",
    inquiry_subject: "{organization}: a bank has a question",
    lost_subject: "{organization}: a bank took money back",
    appeal_subject: "{organization}: a dispute can be appealed",
    preheader: "Please take a look at it in Stripe.",
    ...SHARED,
    dispute: "Somebody disputed a payment to us, and their bank wants the money back.",
    inquiry:
      "Somebody asked their bank about a payment to us, and the bank has passed the question on. This is only an inquiry, and no money was taken back. It may still become a dispute.",
    lost: "A bank took back a payment to us: the dispute was lost, or it is one that nobody can contest.",
    appeal:
      "We lost a dispute, and the bank has the money. You can appeal: Stripe waits for you to say why the payment was right.",
    ask_payer: "If the money is still due, please talk to the payer. Stripe's dashboard shows who it was.",
    deadline: "Deadline",
    respond:
      "Please respond in Stripe's dashboard, under disputes, before the deadline. Without a response, the money is lost.",
    respond_to_inquiry:
      "Please respond in Stripe's dashboard, under disputes, before the deadline. Without a response, the money may be taken back.",
    respond_to_appeal:
      "Please respond in Stripe's dashboard, under disputes, before the deadline. Without a response, the money stays lost.",
    no_response: "You can find it in Stripe's dashboard, under disputes. You do not have to respond.",
    no_deadline: "Please look at it in Stripe's dashboard, under disputes.",
  },
  sample: { amount_cents: 7550, payment_kind: "dues", respond_by: "2027-03-01T23:30:00.000Z" },
  compose: ({ respond_by, inquiry, lost, appeal, ...dispute }, around) => {
    const { say, format } = around;
    const what = lost ? "lost" : appeal ? "appeal" : inquiry ? "inquiry" : "dispute";
    const deadline: Fact[] = respond_by && !lost ? [[say("deadline"), format.moment(respond_by)]] : [];
    const respond = appeal ? "respond_to_appeal" : inquiry ? "respond_to_inquiry" : "respond";
    const anytime = appeal ? "no_deadline" : "no_response";
    return {
      subject: say(what === "dispute" ? "subject" : `${what}_subject`),
      blocks: [
        say("greeting"),
        say(what),
        facts(...reversed(dispute, around), ...deadline),
        say(lost ? "ask_payer" : respond_by ? respond : anytime),
      ],
    };
  },
});

/** To holders of `donations.refund`: a refund failed. Names nobody. */
export const refund_undelivered = template({
  data: Reversed.extend({
    /** Whether the payer was told that it failed. */
    told: z.boolean().default(false),
  }),
  words: {
    subject: "{organization}: a refund failed",
    preheader: "The money is back in our account.",
    ...SHARED,
    payer_told: "A refund failed, and the money is back in our account. We told the payer that we will be in touch.",
    payer_not_told:
      "A refund failed, and the money is back in our account. The payer has not heard about this from us.",
    what_to_do:
      "You can find the refund under its payment in Stripe's dashboard. Please pay the money back in another way.",
  },
  sample: { amount_cents: 7550, payment_kind: "donation" },
  compose: ({ told, ...refund }, around) => ({
    blocks: [
      around.say("greeting"),
      around.say(told ? "payer_told" : "payer_not_told"),
      facts(...reversed(refund, around)),
      around.say("what_to_do"),
    ],
  }),
});

/** To holders of `gallery.edit`: somebody asked to take a photo down. Does not say who asked, or who is in it. */
export const photo_taken_down = template({
  data: z.object({ event_title: z.string() }),
  words: {
    subject: "{organization}: the gallery has changed",
    preheader: "There is nothing you have to do.",
    greeting: "Hello,",
    what_happened: 'Somebody asked to take down a photo of "{event_title}". Nobody sees it anymore.',
    what_to_do:
      "There is nothing you have to do. Only the person who asked can take the request back. You can also delete the photo for good.",
  },
  sample: { event_title: "Picnic" },
  compose: ({ event_title }, { say }) => ({
    blocks: [say("greeting"), say("what_happened", { event_title }), say("what_to_do")],
  }),
});
