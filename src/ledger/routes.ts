import { fresh, permittedByAny } from "../access/access.ts";
import { ABOUT_EXPORTS, CSV } from "../http/export.ts";
import { route } from "../http/route.ts";
import { exportLedger } from "./export.ts";
import { LedgerExport } from "./schemas.ts";

export const ledgerRoutes = [
  route({
    method: "get",
    path: "/api/admin/ledger/export",
    tag: "Ledger (admin)",
    operationId: "exportLedger",
    summary: "Export every movement of money",
    description: `${ABOUT_EXPORTS} Payments, refunds, disputes, and money that came back from refunds and disputes, each on its own day. Dues and donations have lines of their own, even if they were paid together. Money that left is negative. Lines of \`fee\` are what Stripe kept: they add up to \`fees_cents\` in the figures of the same period, and all other lines to \`net\`. The fee for a payment of dues is \`dues\`, even with a donation on top. \`donations.export\` opens donations, including those on top of dues. \`subscriptions.export\` opens dues. Only holders of \`donations.view\` see anonymous donors.`,
    access: fresh(permittedByAny("donations.export", "subscriptions.export")),
    request: { query: LedgerExport },
    response: { 200: CSV },
    handle: (ctx, { query }) => exportLedger(ctx, query),
  }),
];
