import * as z from "zod";
import type { Permission } from "../../access/permissions.ts";
import { pageOf } from "../../http/pagination.ts";
import { Instant } from "../../http/schemas.ts";

/** The actions in the audit log that mean that a volunteer saw somebody's data. */
export const READINGS = [
  "users.read",
  "users.read_sensitive",
  "users.exported",
  "event_rsvps.exported",
  "donations.exported",
  "subscriptions.exported",
  "ledger.exported",
  "giving_statement.read",
] as const;

/**
 * The permissions that let volunteers do what the access log shows. Whoever changes a person gets the record as the answer, and
 * an import shows whether somebody is here. A test finds those that are missing.
 */
export const OPENING = [
  "users.view",
  "users.view_sensitive",
  "users.edit",
  "users.approve",
  "users.reject",
  "users.change_status",
  "users.export",
  "users.import",
  "events.export",
  "subscriptions.export",
  "donations.view",
  "donations.export",
] as const satisfies Permission[];

/** That a volunteer saw something of me. */
export const AccessLogEntry = z
  .object({
    id: z.uuid(),
    created_at: Instant,
    action: z
      .enum(READINGS)
      .describe(
        "What they saw: my record (`users.read`), what I show to nobody or sensitive notes about me (`users.read_sensitive`), a file of people that includes me (`users.exported`), a file of the answers to an event that includes mine (`event_rsvps.exported`), a file of money that says what I gave or paid (`donations.exported`, `subscriptions.exported`, `ledger.exported`), or what I gave in a year (`giving_statement.read`)",
      ),
    read_by: z.string().nullable().describe("The volunteer's name. Null if they were erased"),
  })
  .meta({ id: "AccessLogEntry" });
export type AccessLogEntry = z.infer<typeof AccessLogEntry>;

/** A role whose holders can open or export my data. */
export const OpeningRole = z
  .object({
    role: z.string().describe("Its name").meta({ example: "Admin" }),
    permissions: z.array(z.enum(OPENING)),
    people: z.int().describe("How many people hold it and can use it now"),
  })
  .meta({ id: "OpeningRole" });
export type OpeningRole = z.infer<typeof OpeningRole>;

export const AccessLogPage = pageOf(AccessLogEntry)
  .extend({ could: z.array(OpeningRole).describe("Who could do that, by their roles") })
  .meta({ id: "AccessLogPage" });
export type AccessLogPage = z.infer<typeof AccessLogPage>;
