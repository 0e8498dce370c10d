import { fresh, permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { editDonation } from "./edit.ts";
import { findDonation } from "./find.ts";
import { listDonations } from "./list.ts";
import { recordOfflineDonation } from "./record-offline.ts";
import { refundDonation } from "./refund.ts";
import { resendReceipt } from "./resend-receipt.ts";
import {
  Donation,
  DonationDetails,
  DonationFilters,
  DonationPage,
  DonationRefund,
  OfflineDonation,
} from "./schemas.ts";

const tag = "Donations (admin)";

const DONOR = "Who gave anonymously is shown only to holders of `donations.view`.";

export const donationAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/donations",
    tag,
    summary: "List donations",
    description:
      "Newest first unless sorted otherwise; filtered by type, status, payment method, dates, amount, and part of the donor's name or address or the message. Donors who want no mention are shown, with `anonymous: true`: nobody but holders of this permission sees them.",
    access: permitted("donations.view"),
    request: { query: DonationFilters },
    response: { 200: DonationPage },
    handle: (ctx, { query }) => listDonations(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/donations/{id}",
    tag,
    summary: "See a donation",
    description: "With what went back of it, and the mails with its receipt.",
    access: permitted("donations.view"),
    request: { params: ById },
    response: { 200: Donation },
    errors: [404],
    handle: (ctx, { params }) => findDonation(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/donations",
    tag,
    summary: "Record a donation in cash or by cheque",
    description: `Mails the receipt, unless told not to. The same \`id\` again records nothing more. ${DONOR}`,
    access: permitted("donations.create"),
    request: { body: OfflineDonation },
    response: { 201: Donation },
    errors: [404, 409],
    handle: (ctx, { body }) => recordOfflineDonation(ctx, body),
  }),
  route({
    method: "put",
    path: "/api/admin/donations/{id}",
    tag,
    summary: "Change a donation's donor and notes",
    description: `Amount and status are not changed by hand: they follow from the money. ${DONOR} Others do not change such a donation: 403. A member's name and address are those of the account, and come back as they are; others are refused: 409.`,
    access: permitted("donations.edit"),
    request: { params: ById, body: DonationDetails },
    response: { 200: Donation },
    errors: [404, 409],
    handle: (ctx, { params, body }) => editDonation(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/donations/{id}/refund",
    tag,
    summary: "Refund a donation",
    description: `All that is left, or a part of it, through Stripe; the donor is told. Of cash or a cheque it is written down that it was given back. The same \`id\` again goes on with the refund that was begun, as after a 503, or answers with what became of it; 409 \`refund_failed\` where it came to nothing, and another one needs another id. While one waits for Stripe's answer another is refused. ${DONOR}`,
    access: fresh(permitted("donations.refund")),
    round_trips: 2, // Stripe is asked between writing the refund down and agreeing with what became of it
    request: { params: ById, body: DonationRefund },
    response: { 200: Donation },
    errors: [404, 409],
    handle: (ctx, { params, body }) => refundDonation(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/donations/{id}/resend-receipt",
    tag,
    summary: "Send a donation's receipt again",
    description: DONOR,
    access: permitted("donations.edit"),
    request: { params: ById },
    response: { 200: Donation },
    errors: [404, 409],
    handle: (ctx, { params }) => resendReceipt(ctx, params.id),
  }),
];
