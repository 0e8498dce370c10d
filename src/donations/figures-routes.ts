import { fresh, permitted } from "../access/access.ts";
import { ABOUT_EXPORTS, CSV } from "../http/export.ts";
import { route } from "../http/route.ts";
import { Period } from "../ledger/figures.ts";
import { DonationExport, exportDonations } from "./export.ts";
import { DonationStats } from "./figures-schemas.ts";
import { donationStats } from "./stats.ts";

const tag = "Donations (admin)";

export const donationFiguresRoutes = [
  route({
    method: "get",
    path: "/api/admin/donations/stats",
    tag,
    summary: "See what was given",
    description: "What came in and what left again within some days, in UTC, without any names.",
    access: permitted("donations.stats"),
    request: { query: Period },
    response: { 200: DonationStats },
    handle: (ctx, { query }) => donationStats(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/donations/export",
    tag,
    summary: "Export donations",
    description: `${ABOUT_EXPORTS} Filters are those of the list. Who gave anonymously is named only to those who also hold \`donations.view\`; for others a search passes such donations over.`,
    access: fresh(permitted("donations.export")),
    request: { query: DonationExport },
    response: { 200: CSV },
    handle: (ctx, { query }) => exportDonations(ctx, query),
  }),
];
