import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Cents, Email, Id, Instant, inOrder, Line, MOST_CENTS, Moment, ReceivedAt, Text } from "../http/schemas.ts";
import { Search } from "../http/search.ts";
import { PaymentMethod } from "../ledger/payment-method.ts";
import { Reversal } from "../ledger/reversal.ts";
import { donationstatus, donationtype } from "./tables.ts";

export const DonationType = z.enum(donationtype.enumValues).meta({ id: "DonationType" });
export const DonationStatus = z
  .enum(donationstatus.enumValues)
  .describe(
    "`pending`: the checkout is open; `failed`: it was not paid; `refunded`: all of it went back, or was taken back by the bank",
  )
  .meta({ id: "DonationStatus" });
const HandedOver = PaymentMethod.extract(["cash", "cheque"]);

const Donated = Cents.min(1);
/** A member's first and last name with what is between them, or what somebody typed. */
const DonorName = Line(201).meta({ example: "Alex Example" });
const Wish = Text(1000).meta({ example: "For the picnic in June" });

/** Unknown fields are ignored: forms of the old frontend send more. */
export const DonationCheckout = z.object({
  amount_cents: Donated.describe("Within the limits of the organisation's settings"),
  donor_name: DonorName.optional().describe("Needed unless signed in or anonymous. Ignored when signed in"),
  donor_email: Email.optional().describe("Needed unless signed in: the receipt goes there. Ignored when signed in"),
  message: Wish.optional(),
  anonymous: z
    .boolean()
    .default(false)
    .describe("Only those who look after donations see who gave, and that they want no mention"),
  currency: z.string().max(3).optional().describe("Where it is given, it has to be the platform's").meta({
    example: "usd",
  }),
  request_id: Id.optional().describe(
    "Chosen by the client. Sending the same again with it gives the same checkout, and never a second donation; with anything else, 409 `request_id_reused`",
  ),
});
export type DonationCheckout = z.infer<typeof DonationCheckout>;

/** A donation in a volunteer's list. */
export const DonationSummary = z
  .object({
    id: Id,
    donation_type: DonationType,
    status: DonationStatus,
    amount_cents: Cents.describe("What was given, or is meant to be"),
    refunded_cents: z.int().describe("What went back of it, or was taken back by the bank"),
    net_cents: z.int().describe("What is left of what was paid"),
    currency: z.string().describe("ISO 4217, lower case"),
    payment_method: PaymentMethod,
    user_id: Id.nullable().describe("The member; null for public donations"),
    donor_name: z.string().nullable(),
    donor_email: z.string().nullable(),
    message: z.string().nullable(),
    anonymous: z
      .boolean()
      .describe(
        "The donor wants no mention: to those who do not hold donations.view, all that tells who it was is null",
      ),
    paid_at: Instant.nullable(),
    created_at: Instant,
  })
  .meta({
    id: "DonationSummary",
    description:
      "Holders of `donations.view` see all donors: with `anonymous: true` beside the name where the donor wants no mention. Whoever records, changes or refunds a donation without that permission sees its donor in the answer unless they gave anonymously: then `user_id`, `donor_name`, `donor_email`, `message`, `notes` and the addresses of its receipts are null.",
  });
export type DonationSummary = z.infer<typeof DonationSummary>;

export const DonationReceipt = z
  .object({
    to_email: z.string().nullable(),
    status: z.enum(["pending", "sent", "failed"]),
    created_at: Instant,
    sent_at: Instant.nullable(),
  })
  .meta({ id: "DonationReceipt" });

/** A donation with the history of its money. */
export const Donation = DonationSummary.extend({
  notes: z.string().nullable().describe("For volunteers; never shown to the donor"),
  recorded_by: Id.nullable().describe("Who wrote it down, where it was not made online"),
  checkout_expires_at: Instant.nullable(),
  stripe_checkout_session_id: z.string().nullable(),
  stripe_payment_intent_id: z.string().nullable(),
  reversals: z.array(Reversal).describe("The latest first"),
  receipts: z.array(DonationReceipt).describe("The mails with its receipt, the latest first"),
  updated_at: Instant,
}).meta({ id: "Donation" });
export type Donation = z.infer<typeof Donation>;

/** What a list or an export of donations can be narrowed down by. */
export const donationFilters = {
  donation_type: DonationType.optional(),
  status: DonationStatus.optional(),
  payment_method: PaymentMethod.optional(),
  from: Moment.optional().describe("Not before this instant"),
  to: Moment.optional().describe("Before this instant"),
  dated_by: z
    .enum(["created", "paid"])
    .default("created")
    .describe("Whether from and to are about when it was begun, or when it was paid"),
  min_amount_cents: z.coerce.number().int().min(0).max(MOST_CENTS).optional(),
  max_amount_cents: z.coerce.number().int().min(0).max(MOST_CENTS).optional(),
  search: Search.describe("Part of the donor's name or address, or of the message"),
};

/** Filters whose bounds are the wrong way round fit nothing: most likely they are a mistake. */
export const bounded = <Filters extends z.ZodType<Bounds>>(filters: Filters): Filters =>
  inOrder(filters).refine(
    ({ min_amount_cents = 0, max_amount_cents = MOST_CENTS }) => min_amount_cents <= max_amount_cents,
    {
      path: ["max_amount_cents"],
      message: "must not be less than min_amount_cents",
    },
  );

interface Bounds {
  from?: string | undefined;
  to?: string | undefined;
  min_amount_cents?: number | undefined;
  max_amount_cents?: number | undefined;
}

export const DonationFilters = bounded(
  Paging.extend({
    ...donationFilters,
    sort: z.enum(["newest", "oldest", "amount"]).default("newest").describe("`amount`: the largest first"),
  }),
);
export type DonationFilters = z.infer<typeof DonationFilters>;

export const DonationPage = pageWithTotalOf(DonationSummary).meta({ id: "DonationPage" });
export type DonationPage = z.infer<typeof DonationPage>;

/** Money that somebody handed over. A member's name and address are those of the account. */
export const OfflineDonation = z
  .strictObject({
    id: Id.describe("Made by the client, one for each donation: sent again with it, it is recorded once"),
    donation_type: DonationType,
    user_id: Id.optional().describe("The member; only for member donations"),
    donor_name: DonorName.optional().describe("Only for public donations, which need it unless they are anonymous"),
    donor_email: Email.optional().describe("Only for public donations"),
    amount_cents: Donated,
    payment_method: HandedOver,
    received_at: ReceivedAt.describe("When it was handed over; not in the future"),
    message: Wish.optional(),
    anonymous: z.boolean().default(false),
    notes: Text(2000).optional(),
    send_receipt: z.boolean().default(true).describe("Mail a receipt to the donor, where there is an address"),
  })
  .superRefine(({ donation_type, user_id, donor_name, donor_email, anonymous }, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (donation_type === "member") {
      if (!user_id) problem("user_id", "is needed for a member donation");
      if (donor_name) problem("donor_name", "is the member's own: leave it out");
      if (donor_email) problem("donor_email", "is the member's own: leave it out");
    } else {
      if (user_id) problem("user_id", "is for member donations only");
      if (!donor_name && !anonymous) problem("donor_name", "is needed unless the donation is anonymous");
    }
  })
  .meta({ id: "OfflineDonation" });
export type OfflineDonation = z.infer<typeof OfflineDonation>;

/** All of a donation that is changed by hand. What it is worth, and what became of it, only money changes. */
export const DonationDetails = z
  .strictObject({
    donor_name: DonorName.nullable()
      .optional()
      .describe("Without it: as it is. Of a member's donation it stays as it is, also where this is null"),
    donor_email: Email.nullable()
      .optional()
      .describe("Where receipts go. Without it, or of a member's donation, as with the name"),
    message: Wish.nullable(),
    anonymous: z.boolean(),
    notes: Text(2000).nullable(),
  })
  .meta({ id: "DonationDetails" });
export type DonationDetails = z.infer<typeof DonationDetails>;

export const DonationRefund = z
  .strictObject({
    id: Id.describe("Made by the client, one for each refund that is meant: asked for again with it, it is made once"),
    amount_cents: Donated.optional().describe("Without it: all that is left"),
    reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  })
  .meta({ id: "DonationRefund" });
export type DonationRefund = z.infer<typeof DonationRefund>;
