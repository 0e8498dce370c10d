import { accountRoutes } from "./accounts/routes.ts";
import { secondFactorRoutes } from "./accounts/second-factor/routes.ts";
import { auditRoutes } from "./audit/routes.ts";
import { checkoutPageRoutes } from "./checkout-pages/routes.ts";
import { donationAdminRoutes } from "./donations/admin/routes.ts";
import { donationCheckoutRoutes } from "./donations/checkout/routes.ts";
import { myDonationRoutes } from "./donations/my/routes.ts";
import { eventAdminRoutes } from "./events/admin/routes.ts";
import { rsvpAdminRoutes } from "./events/admin/rsvp-routes.ts";
import { calendarRoutes } from "./events/calendar/routes.ts";
import { doorRoutes } from "./events/door/routes.ts";
import { messageRoutes } from "./events/messages/routes.ts";
import { eventRoutes } from "./events/routes.ts";
import { seriesRoutes } from "./events/series/routes.ts";
import { healthRoutes } from "./health.ts";
import type { Route } from "./http/route.ts";
import { jobRoutes } from "./jobs/routes.ts";
import { ledgerRoutes } from "./ledger/routes.ts";
import { memberRecordRoutes } from "./members/admin/record-routes.ts";
import { personRoutes } from "./members/admin/routes.ts";
import { directoryRoutes } from "./members/directory/routes.ts";
import { erasureRoutes } from "./members/erasure/routes.ts";
import { myDataRoutes } from "./members/export/routes.ts";
import { importRoutes } from "./members/import/routes.ts";
import { invitationRoutes } from "./members/invitations/routes.ts";
import { myProfileRoutes } from "./members/my/routes.ts";
import { queueRoutes } from "./members/queue/routes.ts";
import { memberRoutes } from "./members/routes.ts";
import { vouchingRoutes } from "./members/vouchings/routes.ts";
import { planRoutes } from "./plans/routes.ts";
import { roleRoutes } from "./roles/routes.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { storageRoutes } from "./storage/routes.ts";
import { stripeEventRoutes } from "./stripe-events/routes.ts";
import { subscriptionAdminRoutes } from "./subscriptions/admin/routes.ts";
import { subscriptionCheckoutRoutes } from "./subscriptions/checkout/routes.ts";
import { mySubscriptionRoutes } from "./subscriptions/my/routes.ts";

/** Every route. The application, OpenAPI and the generated tests read this list. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...accountRoutes,
  ...secondFactorRoutes,
  ...myProfileRoutes,
  ...directoryRoutes,
  ...myDataRoutes,
  ...erasureRoutes,
  ...memberRoutes,
  ...queueRoutes,
  ...vouchingRoutes,
  ...invitationRoutes,
  ...importRoutes,
  ...memberRecordRoutes,
  ...personRoutes,
  ...roleRoutes,
  ...eventRoutes,
  ...calendarRoutes,
  ...eventAdminRoutes,
  ...rsvpAdminRoutes,
  ...doorRoutes,
  ...messageRoutes,
  ...seriesRoutes,
  ...planRoutes,
  ...mySubscriptionRoutes,
  ...subscriptionCheckoutRoutes,
  ...subscriptionAdminRoutes,
  ...donationCheckoutRoutes,
  ...myDonationRoutes,
  ...donationAdminRoutes,
  ...ledgerRoutes,
  ...checkoutPageRoutes,
  ...stripeEventRoutes,
  ...jobRoutes,
  ...settingsRoutes,
  ...auditRoutes,
  ...storageRoutes,
];
