import { accountRoutes } from "./accounts/routes.ts";
import { secondFactorRoutes } from "./accounts/second-factor/routes.ts";
import { auditRoutes } from "./audit/routes.ts";
import { donationAdminRoutes } from "./donations/admin-routes.ts";
import { donationFiguresRoutes } from "./donations/figures-routes.ts";
import { myDonationRoutes } from "./donations/my-routes.ts";
import { donationRoutes } from "./donations/routes.ts";
import { eventRoutes } from "./events/routes.ts";
import { healthRoutes } from "./health.ts";
import type { Route } from "./http/route.ts";
import { jobRoutes } from "./jobs/routes.ts";
import { memberRoutes } from "./members/routes.ts";
import { inboxRoutes } from "./payments/inbox-routes.ts";
import { paymentRoutes } from "./payments/routes.ts";
import { planRoutes } from "./plans/routes.ts";
import { roleRoutes } from "./roles/routes.ts";
import { subscriptionFiguresRoutes } from "./subscriptions/figures-routes.ts";
import { subscriptionRoutes } from "./subscriptions/routes.ts";

/** Every route there is: the application, OpenAPI and the generated tests read this list. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...accountRoutes,
  ...secondFactorRoutes,
  ...memberRoutes,
  ...roleRoutes,
  ...eventRoutes,
  ...planRoutes,
  ...subscriptionRoutes,
  ...subscriptionFiguresRoutes,
  ...donationFiguresRoutes,
  ...paymentRoutes,
  ...donationRoutes,
  ...myDonationRoutes,
  ...donationAdminRoutes,
  ...inboxRoutes,
  ...jobRoutes,
  ...auditRoutes,
];
