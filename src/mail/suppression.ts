import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { Instant } from "../http/schemas.ts";
import { mail_events, mail_suppressions, SUPPRESSION_REASONS } from "../tables/mail.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { users } from "../tables/people.ts";

type Keys = Pick<Settings, "SECOND_FACTOR_KEY" | "SECOND_FACTOR_KEY_PREVIOUS" | "MAIL_FROM_EMAIL">;

/** Why we no longer write to an address. */
export const MailSuppression = z
  .object({ reason: z.enum(SUPPRESSION_REASONS), since: Instant })
  .meta({ id: "MailSuppression" });
export type MailSuppression = z.infer<typeof MailSuppression>;

/** The keys that addresses are hashed with: the current one and, while it is rotated, the previous one. */
const keysOf = ({ SECOND_FACTOR_KEY, SECOND_FACTOR_KEY_PREVIOUS }: Keys): string[] =>
  [SECOND_FACTOR_KEY, SECOND_FACTOR_KEY_PREVIOUS].flatMap((key) =>
    key ? bytesToHex(hmac(sha256, utf8ToBytes(key), utf8ToBytes("mail-suppressions"))) : [],
  );

/** The hashes by which we may know an address: under the current key first. */
const hashesOf = (settings: Keys, address: SQLWrapper): SQL[] =>
  keysOf(settings).map((key) => sql`encode(sha256(convert_to(${key}::text || lower(${address}), 'UTF8')), 'hex')`);

/** The hash under which we remember an address. */
export const addressHash = (settings: Keys, address: SQLWrapper): SQL => sql`${hashesOf(settings, address)[0]}`;

/** An address of our own domain, or one that the organization gives out. It is never suppressed. */
const isOurs = ({ MAIL_FROM_EMAIL }: Keys, address: SQLWrapper): SQL => sql`(
  split_part(lower(${address}), '@', 2) = ${MAIL_FROM_EMAIL.split("@")[1]?.toLowerCase()}
  or exists (select from ${organisation_settings} where lower(${address}) in (${organisation_settings.contact_email},
    ${organisation_settings.membership_email}, ${organisation_settings.events_email}, ${organisation_settings.newsletter_email})))`;

const onList = (settings: Keys, address: SQLWrapper): SQL =>
  sql`from ${mail_suppressions} where ${mail_suppressions.address_hash} in (${sql.join(hashesOf(settings, address), sql`, `)})`;

const ofAddress = (settings: Keys, address: SQLWrapper): SQL =>
  sql`${onList(settings, address)} and not ${isOurs(settings, address)}`;

/** Whether a mail to an address bounced or was reported, also one of ours: the provider may skip it. */
export const isListed = (settings: Keys, address: SQLWrapper): SQL => sql`exists (select ${onList(settings, address)})`;

/** Whether an address gets no mail but that of account security. */
export const isSuppressed = (settings: Keys, address: SQLWrapper): SQL =>
  sql`exists (select ${ofAddress(settings, address)})`;

/** {@link MailSuppression} of an address, or null. */
export const suppressionOf = (settings: Keys, address: SQLWrapper): SQL<MailSuppression | null> =>
  sql<MailSuppression | null>`(select jsonb_build_object('reason', ${sql`${mail_suppressions.reason}`}, 'since',
    to_char(${sql`${mail_suppressions.created_at}`} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    ${ofAddress(settings, address)} limit 1)`;

/** What is told about addresses is written down one after another, so that each transaction counts what others wrote. */
export const lockFeedback = (t: Plan): void =>
  t.effect(query.execute(sql`select pg_advisory_xact_lock(hashtextextended('mail_feedback', 0))`));

/**
 * Writes to an address again, because its owner just confirmed it. What happened to mails before counts no more.
 *
 * @param person which row of `users` has the address
 */
export function clearSuppression(t: Plan, settings: Keys, person: SQL): void {
  const suppressed = sql`from ${users} where ${person} and ${isSuppressed(settings, users.email)}`;
  lockFeedback(t);
  t.effect(
    query.execute(sql`
      insert into ${mail_events} (id, kind, address_hash, occurred_at)
      select 'confirmed:' || gen_random_uuid(), 'confirmed', ${addressHash(settings, users.email)}, now() ${suppressed}`),
  );
  for (const hash of hashesOf(settings, users.email))
    t.effect(
      query.execute(sql`
        delete from ${mail_suppressions}
        where ${mail_suppressions.address_hash} in (select ${hash} from ${users} where ${person})`),
    );
}
