import type { Route } from "./http/route.ts";

/**
 * The routes of each room. A room is loaded when a request first needs it: a Worker starts as fast with many rooms as with
 * few, because most of a start is building schemas.
 */
export const ROOMS = {
  health: async () => (await import("./health.ts")).healthRoutes,
  accounts: async () => (await import("./accounts/routes.ts")).accountRoutes,
  second_factor: async () => (await import("./accounts/second-factor/routes.ts")).secondFactorRoutes,
  my_profile: async () => (await import("./members/my/routes.ts")).myProfileRoutes,
  directory: async () => (await import("./members/directory/routes.ts")).directoryRoutes,
  my_data: async () => (await import("./members/export/routes.ts")).myDataRoutes,
  erasure: async () => (await import("./members/erasure/routes.ts")).erasureRoutes,
  members: async () => (await import("./members/routes.ts")).memberRoutes,
  queue: async () => (await import("./members/queue/routes.ts")).queueRoutes,
  vouchings: async () => (await import("./members/vouchings/routes.ts")).vouchingRoutes,
  invitations: async () => (await import("./members/invitations/routes.ts")).invitationRoutes,
  imports: async () => (await import("./members/import/routes.ts")).importRoutes,
  member_records: async () => (await import("./members/admin/record-routes.ts")).memberRecordRoutes,
  person: async () => (await import("./members/admin/routes.ts")).personRoutes,
  roles: async () => (await import("./roles/routes.ts")).roleRoutes,
  events: async () => (await import("./events/routes.ts")).eventRoutes,
  calendar: async () => (await import("./events/calendar/routes.ts")).calendarRoutes,
  events_admin: async () => (await import("./events/admin/routes.ts")).eventAdminRoutes,
  rsvps_admin: async () => (await import("./events/admin/rsvp-routes.ts")).rsvpAdminRoutes,
  gallery: async () => (await import("./gallery/routes.ts")).galleryRoutes,
  gallery_admin: async () => (await import("./gallery/admin-routes.ts")).galleryAdminRoutes,
  door: async () => (await import("./events/door/routes.ts")).doorRoutes,
  messages: async () => (await import("./events/messages/routes.ts")).messageRoutes,
  series: async () => (await import("./events/series/routes.ts")).seriesRoutes,
  covers: async () => (await import("./events/admin/cover-routes.ts")).coverRoutes,
  newsletters: async () => (await import("./newsletters/routes.ts")).newsletterRoutes,
  newsletters_admin: async () => (await import("./newsletters/admin-routes.ts")).newsletterAdminRoutes,
  documents: async () => (await import("./documents/routes.ts")).documentRoutes,
  reports_admin: async () => (await import("./documents/admin/reports/routes.ts")).reportAdminRoutes,
  bylaws_admin: async () => (await import("./documents/admin/bylaws/routes.ts")).bylawsAdminRoutes,
  plans: async () => (await import("./plans/routes.ts")).planRoutes,
  my_subscription: async () => (await import("./subscriptions/my/routes.ts")).mySubscriptionRoutes,
  pay_link: async () => (await import("./subscriptions/pay-link/routes.ts")).payLinkRoutes,
  subscription_checkout: async () => (await import("./subscriptions/checkout/routes.ts")).subscriptionCheckoutRoutes,
  subscriptions_admin: async () => (await import("./subscriptions/admin/routes.ts")).subscriptionAdminRoutes,
  donation_checkout: async () => (await import("./donations/checkout/routes.ts")).donationCheckoutRoutes,
  my_donations: async () => (await import("./donations/my/routes.ts")).myDonationRoutes,
  donations_admin: async () => (await import("./donations/admin/routes.ts")).donationAdminRoutes,
  ledger: async () => (await import("./ledger/routes.ts")).ledgerRoutes,
  checkout_pages: async () => (await import("./checkout-pages/routes.ts")).checkoutPageRoutes,
  stripe_events: async () => (await import("./stripe-events/routes.ts")).stripeEventRoutes,
  mail_feedback: async () => (await import("./mail/feedback/routes.ts")).mailFeedbackRoutes,
  outbox: async () => (await import("./outbox/routes.ts")).outboxRoutes,
  unsubscribe: async () => (await import("./unsubscribe/routes.ts")).unsubscribeRoutes,
  jobs: async () => (await import("./jobs/routes.ts")).jobRoutes,
  reminders: async () => (await import("./reminders/routes.ts")).reminderRoutes,
  email_templates: async () => (await import("./email-templates/routes.ts")).emailTemplateRoutes,
  settings: async () => (await import("./settings/routes.ts")).settingsRoutes,
  dashboard: async () => (await import("./dashboard/routes.ts")).dashboardRoutes,
  branding: async () => (await import("./settings/public-routes.ts")).brandingRoutes,
  audit: async () => (await import("./audit/routes.ts")).auditRoutes,
  storage: async () => (await import("./storage/routes.ts")).storageRoutes,
  storage_usage: async () => (await import("./storage/usage-routes.ts")).storageUsageRoutes,
} satisfies Record<string, () => Promise<readonly Route[]>>;

export type RoomName = keyof typeof ROOMS;

/** The part of a path that says which rooms it may lead to: `admin/users`, `auth`, `health`. */
export function areaOf(path: string): string {
  const [first = "", second = "", third = ""] = decoded(path).split("/").filter(Boolean);
  if (first !== "api") return first;
  return second === "admin" ? `${second}/${third}` : second;
}

/** `%61uth` is `auth`. What cannot be decoded leads nowhere. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return "";
  }
}

/** Every room that has a route in an area. A test compares this with the declarations. */
export const AREAS: Record<string, readonly RoomName[]> = {
  health: ["health"],
  auth: ["accounts", "second_factor", "invitations", "vouchings"],
  members: [
    "my_profile",
    "my_data",
    "erasure",
    "vouchings",
    "my_subscription",
    "my_donations",
    "events",
    "calendar",
    "documents",
  ],
  directory: ["directory"],
  "admin/users": [
    "members",
    "person",
    "member_records",
    "queue",
    "vouchings",
    "erasure",
    "imports",
    "roles",
    "donations_admin",
  ],
  "admin/tags": ["person"],
  "admin/invitations": ["invitations"],
  "admin/import-jobs": ["imports"],
  "admin/roles": ["roles"],
  "admin/permissions": ["roles"],
  events: ["events", "calendar", "gallery"],
  calendar: ["calendar"],
  "calendar.ics": ["calendar"],
  "admin/events": ["events_admin", "rsvps_admin", "gallery_admin", "covers", "door", "messages", "series"],
  door: ["door"],
  gallery: ["gallery"],
  "admin/gallery": ["gallery_admin"],
  newsletters: ["newsletters"],
  "admin/newsletters": ["newsletters_admin"],
  financials: ["documents"],
  bylaws: ["documents"],
  "admin/financials": ["reports_admin"],
  "admin/bylaws": ["bylaws_admin"],
  plans: ["plans"],
  "admin/plans": ["plans"],
  pay: ["pay_link"],
  checkout: ["subscription_checkout", "checkout_pages"],
  "admin/subscriptions": ["subscriptions_admin"],
  donations: ["donation_checkout"],
  "admin/donations": ["donations_admin"],
  "admin/ledger": ["ledger"],
  webhooks: ["stripe_events", "mail_feedback"],
  unsubscribe: ["unsubscribe"],
  "admin/outbox": ["outbox"],
  "admin/webhook-events": ["stripe_events"],
  "admin/dashboard": ["dashboard"],
  navigation: ["dashboard"],
  "admin/jobs": ["jobs"],
  "admin/reminders": ["reminders"],
  "admin/email-templates": ["email_templates"],
  "admin/settings": ["settings"],
  branding: ["branding"],
  "admin/audit-log": ["audit"],
  "admin/storage": ["storage_usage"],
  photos: ["storage"],
  documents: ["storage"],
  files: ["storage"],
  "staged-uploads": ["storage"],
};

/** The routes of these rooms. */
export const routesOf = async (names: readonly RoomName[]): Promise<Route[]> =>
  (await Promise.all(names.map((name): Promise<readonly Route[]> => ROOMS[name]()))).flat();
