import { fresh, permitted } from "../../access/access.ts";
import { ABOUT_EXPORTS, CSV } from "../../http/export.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { Period } from "../../ledger/figures.ts";
import { PRINTED } from "../statement/print.ts";
import { ABOUT_STATEMENTS, DonorStatement, GivingStatement, MemberStatement } from "../statement/schemas.ts";
import { editDonation } from "./edit.ts";
import { DonationExport, exportDonations } from "./export.ts";
import { DonationStats } from "./figures-schemas.ts";
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
import { readStatement } from "./statement.ts";
import { donationStats } from "./stats.ts";

const tag = "Donations (admin)";

const DONOR = "Only holders of `donations.view` see an anonymous donor.";

export const donationAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/donations/stats",
    tag,
    operationId: "getDonationStats",
    summary: "See what was given",
    description: "What came in and what was paid back in a period, without any names.",
    access: permitted("donations.stats"),
    request: { query: Period },
    response: { 200: DonationStats },
    handle: (ctx, { query }) => donationStats(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/donations/export",
    tag,
    operationId: "exportDonations",
    summary: "Export donations",
    description: `${ABOUT_EXPORTS} The filters are those of the list. ${DONOR} For others, a search leaves out anonymous donations.`,
    access: fresh(permitted("donations.export")),
    request: { query: DonationExport },
    response: { 200: CSV },
    handle: (ctx, { query }) => exportDonations(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/users/{id}/donations/statement/{year}",
    tag,
    operationId: "getMemberGivingStatement",
    summary: "Get a person's giving statement for a year",
    description: `${ABOUT_STATEMENTS} Only holders of \`users.view_sensitive\` get the legal name of somebody who wants it on documents. The audit log records who read it.`,
    access: permitted("donations.view"),
    request: { params: MemberStatement },
    response: { 200: GivingStatement },
    errors: [404],
    ...PRINTED,
    handle: (ctx, { params }) => readStatement(ctx, { user_id: params.id }, Number(params.year)),
  }),
  route({
    method: "get",
    path: "/api/admin/donations/statement",
    tag,
    operationId: "getDonorGivingStatement",
    summary: "Get the giving statement of a donor without an account",
    description: `${ABOUT_STATEMENTS} It covers only donations that were made without an account and name this address: 404 for other years. The audit log records who read it.`,
    access: permitted("donations.view"),
    request: { query: DonorStatement },
    response: { 200: GivingStatement },
    errors: [404],
    ...PRINTED,
    handle: (ctx, { query: { year, ...donor } }) => readStatement(ctx, donor, Number(year)),
  }),
  route({
    method: "get",
    path: "/api/admin/donations",
    tag,
    operationId: "listDonations",
    summary: "List donations",
    description: "Newest first unless sorted otherwise. Anonymous donors are shown, with `anonymous: true`.",
    access: permitted("donations.view"),
    request: { query: DonationFilters },
    response: { 200: DonationPage },
    handle: (ctx, { query }) => listDonations(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/donations/{id}",
    tag,
    operationId: "getDonation",
    summary: "See a donation",
    description: "With its refunds and disputes, and the mails with its receipt.",
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
    operationId: "recordOfflineDonation",
    summary: "Record a donation in cash or by check",
    description: `Mails a receipt unless \`send_receipt\` is false. Sent again with the same \`id\`, it is recorded once. ${DONOR}`,
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
    operationId: "editDonation",
    summary: "Change a donation's donor and notes",
    description: `Amount and status follow from the money and cannot be changed. A member's name and address come from their account: send them back unchanged, or the answer is 409. ${DONOR} Others get 403 for an anonymous donation.`,
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
    operationId: "refundDonation",
    summary: "Refund a donation",
    description: `Refunds all that is left, or a part, through Stripe, and tells the donor. For cash or a check it records that the money was handed back. After a 503, send the same \`id\` again to continue the same refund. After 409 \`refund_failed\`, use a new \`id\`. One refund at a time. ${DONOR}`,
    access: fresh(permitted("donations.refund")),
    round_trips: 2, // Stripe is asked between recording the refund and agreeing with what Stripe made of it
    request: { params: ById, body: DonationRefund },
    response: { 200: Donation },
    errors: [404, 409],
    handle: (ctx, { params, body }) => refundDonation(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/donations/{id}/resend-receipt",
    tag,
    operationId: "resendDonationReceipt",
    summary: "Send a donation's receipt again",
    description: `Up to 20 times. ${DONOR}`,
    access: permitted("donations.edit"),
    request: { params: ById },
    response: { 200: Donation },
    errors: [404, 409],
    handle: (ctx, { params }) => resendReceipt(ctx, params.id),
  }),
];
