/** Every table, for drizzle-kit. */
export * from "./access.ts";
export * from "./accounts.ts";
export * from "./documents.ts";
export * from "./donations.ts";
export * from "./events.ts";
export * from "./files.ts";
export * from "./gallery.ts";
export * from "./import-jobs.ts";
export * from "./jobs.ts";
export * from "./ledger.ts";
export * from "./mail.ts";
export * from "./members.ts";
export * from "./organisation.ts";
export * from "./people.ts";
export * from "./plans.ts";
export * from "./stripe-events.ts";
export * from "./subscriptions.ts";
