import type { Check } from "./check.ts";
import { buckets, crons, feedbackSecret, images, queue, secrets } from "./cloudflare.ts";
import { migrations, privileges, reachable, schema, seeded, superadmin } from "./database.ts";
import { domain, feedback, tracking, unlisting } from "./mail.ts";
import { dkim, dmarc, spf } from "./mail-dns.ts";
import { fitting, known, valid } from "./settings.ts";
import { key, portal, webhook } from "./stripe.ts";
import { clock, ready } from "./worker.ts";

/** Everything that the doctor looks at, in the order in which it is shown. */
export const CHECKS: Check[] = [
  valid,
  known,
  fitting,
  reachable,
  migrations,
  schema,
  seeded,
  superadmin,
  privileges,
  key,
  webhook,
  portal,
  domain,
  spf,
  dkim,
  dmarc,
  tracking,
  feedback,
  feedbackSecret,
  unlisting,
  buckets,
  images,
  queue,
  crons,
  secrets,
  ready,
  clock,
];
