import { sql } from "drizzle-orm";
import * as z from "zod";
import { Paging, pageWithTotalOf } from "../../http/pagination.ts";
import { Cents, Email, From, Id, Instant, inDigits, inOrder, ReceivedAt, Text, To } from "../../http/schemas.ts";
import { Search } from "../../http/search.ts";
import { donorColumns, donorEmail, donorName } from "../../ledger/donor.ts";
import { paymentDonationLeft, paymentDonationReversed } from "../../ledger/left.ts";
import { paymentReceiptNumber, ReceiptNumber } from "../../ledger/receipt-number.ts";
import { Reversal } from "../../ledger/reversal.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { MOST_CENTS } from "../../stripe/amounts.ts";
import { donations } from "../../tables/donations.ts";
import { payments } from "../../tables/ledger.ts";
import { Currency, DonatedCents, DonationStatus, DonationType, DonorMessage, DonorName } from "../schemas.ts";

/** A donation in a volunteer's list. */
export const DonationSummary = z
  .object({
    id: Id,
    donation_type: DonationType,
    status: DonationStatus,
    amount_cents: Cents.describe("The amount that was paid. Until then, the amount that the donor chose"),
    refunded_cents: z.int().describe("What was refunded, or taken back by the bank"),
    net_cents: z.int().describe("The amount that was paid, less what was refunded or taken back"),
    currency: Currency,
    payment_method: PaymentMethod,
    user_id: Id.nullable().describe("The member. Null for public donations"),
    donor_name: z.string().nullable().describe("A member's is the name in their account today"),
    donor_email: z.string().nullable().describe("A member's is the address of their account today"),
    message: z.string().nullable(),
    anonymous: z
      .boolean()
      .describe(
        "True if the donor does not want to be named. Only holders of `donations.view` then see the fields that say who it is",
      ),
    paid_at: Instant.nullable(),
    created_at: Instant,
  })
  .meta({
    id: "DonationSummary",
    description:
      "Holders of `donations.view` see every donor. Other volunteers get a donation when they record, edit or refund it. If it is anonymous, its `user_id`, `donor_name`, `donor_email`, `message`, `notes` and the addresses of its receipts are null for them.",
  });
export type DonationSummary = z.infer<typeof DonationSummary>;

/** The columns of {@link DonationSummary}, from donations joined with payments. For holders of `donations.view`. */
export const donationSummaryColumns = (currency: string) => ({
  id: donations.id,
  donation_type: donations.donation_type,
  status: donations.status,
  amount_cents: donations.amount_cents,
  refunded_cents: paymentDonationReversed,
  net_cents: paymentDonationLeft,
  currency: sql<string>`${currency}::text`,
  payment_method: donations.payment_method,
  user_id: donations.user_id,
  donor_name: donorName,
  donor_email: donorEmail,
  message: donations.message,
  anonymous: donations.anonymous,
  paid_at: payments.paid_at,
  created_at: donations.created_at,
});

export const DonationReceipt = z
  .object({
    to_email: z.string().nullable().describe("Null also for a former address of a member"),
    status: z.enum(["pending", "sent", "failed", "withheld"]),
    created_at: Instant,
    sent_at: Instant.nullable(),
  })
  .meta({ id: "DonationReceipt" });

/** A donation with the history of its money. */
export const Donation = DonationSummary.extend({
  receipt_number: ReceiptNumber,
  notes: z.string().nullable().describe("For volunteers. Never shown to the donor"),
  recorded_by: Id.nullable().describe("The volunteer who recorded it. Null if it was made online"),
  checkout_expires_at: Instant.nullable(),
  stripe_checkout_session_id: z.string().nullable(),
  stripe_payment_intent_id: z.string().nullable(),
  reversals: z.array(Reversal).describe("Refunds and disputes, newest first"),
  receipts: z
    .array(DonationReceipt)
    .describe(
      "The mails with its receipt, newest first. We delete emails after `keep_mails_days`, 90 unless the settings say otherwise",
    ),
  updated_at: Instant,
}).meta({ id: "Donation" });
export type Donation = z.infer<typeof Donation>;

/** The columns of {@link Donation} without its lists. They show the donor if `seen_by` may see who it is. */
export const donationColumns = (currency: string, seen_by: string) => ({
  ...donationSummaryColumns(currency),
  ...donorColumns(seen_by),
  receipt_number: paymentReceiptNumber,
  recorded_by: donations.recorded_by,
  checkout_expires_at: donations.checkout_expires_at,
  stripe_checkout_session_id: donations.stripe_checkout_session_id,
  stripe_payment_intent_id: payments.stripe_payment_intent_id,
  updated_at: donations.updated_at,
});

/** The filters of the list and the export. */
export const donationFilters = {
  donation_type: DonationType.optional(),
  status: DonationStatus.optional(),
  payment_method: PaymentMethod.optional(),
  from: From,
  to: To,
  dated_by: z
    .enum(["created", "paid"])
    .default("created")
    .describe("The date that `from` and `to` apply to: when the donation was started, or when it was paid"),
  min_amount_cents: inDigits(Cents).optional(),
  max_amount_cents: inDigits(Cents).optional(),
  search: Search.describe("Part of the donor's name or address, or of the message"),
};

export type FilterValues = z.infer<z.ZodObject<typeof donationFilters>>;

/** Rejects filters whose bounds are swapped: they match nothing, so they are most likely a mistake. */
export const withBoundsInOrder = <Filters extends z.ZodType<FilterValues>>(filters: Filters): Filters =>
  inOrder(filters).refine(
    ({ min_amount_cents = 0, max_amount_cents = MOST_CENTS }) => min_amount_cents <= max_amount_cents,
    { path: ["max_amount_cents"], message: "must not be less than min_amount_cents" },
  );

export const DonationFilters = withBoundsInOrder(
  Paging.extend({
    ...donationFilters,
    user_id: Id.optional().describe("The member who gave it"),
    sort: z.enum(["newest", "oldest", "amount"]).default("newest").describe("`amount`: the largest first"),
  }),
);
export type DonationFilters = z.infer<typeof DonationFilters>;

export const DonationPage = pageWithTotalOf(DonationSummary).meta({ id: "DonationPage" });
export type DonationPage = z.infer<typeof DonationPage>;

/** Cash or a check that somebody handed over. A member's name and address come from their account. */
export const OfflineDonation = z
  .strictObject({
    id: Id.describe(
      "Chosen by the client, one for each donation. If you send a donation again with the same id, we record it only once",
    ),
    donation_type: DonationType,
    user_id: Id.optional().describe("The member. Only for member donations"),
    donor_name: DonorName.optional().describe("Only for public donations, which require it unless they are anonymous"),
    donor_email: Email.optional().describe("Only for public donations"),
    amount_cents: DonatedCents,
    payment_method: PaymentMethod.extract(["cash", "cheque"]),
    received_at: ReceivedAt.describe("When it was handed over. Not in the future"),
    message: DonorMessage.optional(),
    anonymous: z.boolean().default(false),
    notes: Text(2000).optional(),
    send_receipt: z.boolean().default(true).describe("Mail the donor a receipt, if there is an address"),
  })
  .superRefine(({ donation_type, user_id, donor_name, donor_email, anonymous }, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (donation_type === "member") {
      if (!user_id) problem("user_id", "is required for a member donation");
      if (donor_name) problem("donor_name", "comes from the member's account: leave it out");
      if (donor_email) problem("donor_email", "comes from the member's account: leave it out");
    } else {
      if (user_id) problem("user_id", "is only for member donations");
      if (!donor_name && !anonymous) problem("donor_name", "is required unless the donation is anonymous");
    }
  })
  .meta({
    id: "OfflineDonation",
    example: {
      id: "0b0f8f9e-3a4b-4c53-9a0e-8b7f6a5d4c3b",
      donation_type: "public",
      donor_name: "Robin Example",
      donor_email: "robin@example.org",
      amount_cents: 2500,
      payment_method: "cash",
      received_at: "2026-03-01",
    },
  });
export type OfflineDonation = z.infer<typeof OfflineDonation>;

/** What volunteers can edit about a donation. Its amount and status follow from its payment and refunds. */
export const DonationDetails = z
  .strictObject({
    donor_name: DonorName.nullable()
      .optional()
      .describe("If left out, it stays the same. A member's name stays the same even if this is null"),
    donor_email: Email.nullable()
      .optional()
      .describe(
        "Where receipts go. If left out, it stays the same. A member's address stays the same even if this is null",
      ),
    message: DonorMessage.nullable(),
    anonymous: z.boolean(),
    notes: Text(2000).nullable(),
  })
  .meta({ id: "DonationDetails" });
export type DonationDetails = z.infer<typeof DonationDetails>;

export const DonationRefund = z
  .strictObject({
    id: Id.describe(
      "Chosen by the client, one for each refund. If you send a refund again with the same id, we make it only once",
    ),
    amount_cents: DonatedCents.optional().describe("By default all that is left"),
    reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  })
  .meta({ id: "DonationRefund" });
export type DonationRefund = z.infer<typeof DonationRefund>;
