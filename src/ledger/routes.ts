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
    description: `${ABOUT_EXPORTS} Payments, refunds and disputes, and what came back of these, each on its own day. What was paid or went back for dues and as a donation is on two lines. Amounts that left are negative, so the sum of a period is what its figures call \`net\`. \`donations.export\` opens donations, also those on top of dues; \`subscriptions.export\` opens dues. Only holders of \`donations.view\` see an anonymous donor.`,
    access: fresh(permittedByAny("donations.export", "subscriptions.export")),
    request: { query: LedgerExport },
    response: { 200: CSV },
    handle: (ctx, { query }) => exportLedger(ctx, query),
  }),
];
