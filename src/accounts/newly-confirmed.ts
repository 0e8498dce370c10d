import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../access/access.ts";
import { holdersOf } from "../access/holds.ts";
import type { Plan } from "../database/plan.ts";
import { outsideQuietHours } from "../mail/quiet-hours.ts";
import { users } from "../tables/people.ts";
import { toPeople } from "./address.ts";

/** If an application is waiting, tells everyone who may approve it. Each of them gets at most one such mail a day, and none at night. */
export const mailApprovers = (t: Plan, isWaiting: SQL): void =>
  t.mail("application_waiting", {
    ...toPeople(
      and(inArray(users.status, [...PERMITTED_STATUSES]), inArray(users.id, holdersOf("users.approve")), isWaiting),
    ),
    data: { first_name: users.first_name },
    not_before: outsideQuietHours(sql`now()`),
    once: sql`'application_waiting:' || ${users.id} || ':' || current_date`,
  });

/** Mails a rejection that we held back: until the person confirmed the address, it could have been a stranger's. */
export const mailEarlierRejection = (t: Plan, person: SQL): void =>
  t.mail("rejection", {
    ...toPeople(and(person, eq(users.status, "rejected"), eq(users.email_verified, false))),
    to: users.email, // which this transaction confirms
    data: { first_name: users.first_name, reason: sql<string>`${users.rejection_reason}` },
  });
