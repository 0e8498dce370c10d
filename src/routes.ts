import { accountRoutes } from "./accounts/routes.ts";
import { secondFactorRoutes } from "./accounts/second-factor/routes.ts";
import { auditRoutes } from "./audit/routes.ts";
import { eventRoutes } from "./events/routes.ts";
import { healthRoutes } from "./health.ts";
import type { Route } from "./http/route.ts";
import { memberRoutes } from "./members/routes.ts";
import { paymentRoutes } from "./payments/routes.ts";
import { planRoutes } from "./plans/routes.ts";
import { roleRoutes } from "./roles/routes.ts";
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
  ...paymentRoutes,
  ...auditRoutes,
];
