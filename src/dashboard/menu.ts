import type { Permission } from "../access/permissions.ts";
import type { WaitingCode } from "./waiting.ts";

/** An entry of the admin menu: what it opens, and whoever may see it. */
interface Entry {
  code: string;
  label: string;
  /** What it opens, at this API. A test checks that it needs exactly this permission, or any of these. */
  url: string;
  permission: Permission | readonly Permission[];
  /** What waits there, in a list of its own. */
  waits?: WaitingCode;
}

/** The admin menu. */
export const MENU: readonly { code: string; label: string; entries: readonly Entry[] }[] = [
  {
    code: "people",
    label: "People",
    entries: [
      { code: "dashboard", label: "Dashboard", url: "/api/admin/dashboard/stats", permission: "users.view" },
      { code: "members", label: "Members", url: "/api/admin/users", permission: "users.view", waits: "erasures" },
      {
        code: "applications",
        label: "Applications",
        url: "/api/admin/users?status=pending_validation&sort=waiting",
        permission: "users.view",
        waits: "applications",
      },
      {
        code: "approvals",
        label: "Ready for approval",
        url: "/api/admin/users?status=pre_validated&sort=waiting",
        permission: "users.view",
        waits: "approvals",
      },
      { code: "invitations", label: "Invitations", url: "/api/admin/invitations", permission: "users.invite" },
      {
        code: "imports",
        label: "Imports",
        url: "/api/admin/import-jobs",
        permission: "users.import",
        waits: "imports",
      },
    ],
  },
  {
    code: "events",
    label: "Events",
    entries: [
      { code: "events", label: "Events", url: "/api/admin/events", permission: "events.view" },
      {
        code: "gallery",
        label: "Gallery",
        url: "/api/admin/gallery",
        permission: "gallery.view",
        waits: "offered_photos",
      },
    ],
  },
  {
    code: "money",
    label: "Money",
    entries: [
      {
        code: "subscriptions",
        label: "Memberships",
        url: "/api/admin/subscriptions",
        permission: "subscriptions.view",
        waits: "past_due",
      },
      { code: "plans", label: "Plans", url: "/api/admin/plans", permission: "subscriptions.plans" },
      { code: "donations", label: "Donations", url: "/api/admin/donations", permission: "donations.view" },
      {
        code: "subscription_stats",
        label: "Membership figures",
        url: "/api/admin/subscriptions/stats",
        permission: "subscriptions.stats",
      },
      {
        code: "donation_stats",
        label: "Donation figures",
        url: "/api/admin/donations/stats",
        permission: "donations.stats",
      },
      {
        code: "ledger_export",
        label: "Export for the books",
        url: "/api/admin/ledger/export",
        permission: ["donations.export", "subscriptions.export"],
      },
    ],
  },
  {
    code: "content",
    label: "Content",
    entries: [
      { code: "newsletters", label: "Newsletters", url: "/api/admin/newsletters", permission: "newsletters.view" },
      { code: "financials", label: "Financial reports", url: "/api/admin/financials", permission: "financials.view" },
      { code: "bylaws", label: "Bylaws", url: "/api/admin/bylaws", permission: "bylaws.view" },
    ],
  },
  {
    code: "organisation",
    label: "Organization",
    entries: [
      { code: "settings", label: "Settings", url: "/api/admin/settings", permission: "settings.view" },
      { code: "roles", label: "Roles", url: "/api/admin/roles", permission: "permissions.view" },
      {
        code: "email_templates",
        label: "Email texts",
        url: "/api/admin/email-templates",
        permission: "settings.email",
      },
      {
        code: "outbox",
        label: "Outgoing email",
        url: "/api/admin/outbox",
        permission: "settings.email",
        waits: "failed_mails",
      },
      { code: "reminders", label: "Reminders", url: "/api/admin/reminders", permission: "settings.email" },
      {
        code: "storage",
        label: "Storage",
        url: "/api/admin/storage/usage",
        permission: "settings.storage",
        waits: "storage",
      },
      {
        code: "webhook_events",
        label: "Stripe events",
        url: "/api/admin/webhook-events",
        permission: "settings.audit",
        waits: "parked_events",
      },
      { code: "jobs", label: "Jobs", url: "/api/admin/jobs", permission: "settings.audit", waits: "failed_jobs" },
      { code: "audit_log", label: "Audit log", url: "/api/admin/audit-log", permission: "settings.audit" },
    ],
  },
];
