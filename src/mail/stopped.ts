import { eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { emails } from "../tables/mail.ts";
import { providerLacksIt } from "./refused.ts";
import { withhold } from "./withhold.ts";

/**
 * Withholds due mails of stopped newsletters that the provider certainly does not have: it refused them after somebody
 * stopped the rest. Asks for the mails of each such newsletter, so that the many of another one are not looked through.
 */
export const withholdStopped = (t: Plan): void =>
  withhold(
    t,
    "newsletter_stopped",
    sql`${providerLacksIt} and ${emails.id} = any(array(
      select tried.id from ${newsletter_archives}, lateral (
        select candidate.id from ${emails} as candidate
        where candidate.newsletter_id = ${newsletter_archives.id} and candidate.status = 'pending' offset 0) as tried
      where ${eq(newsletter_archives.send_status, "stopped")}))`,
  );
