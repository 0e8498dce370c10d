import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { MailHealth } from "../mail/health.ts";
import { listOutbox, readMailHealth } from "./list.ts";
import { retryMail } from "./retry.ts";
import { retryMails } from "./retry-many.ts";
import { MailsRetried, RetryInput } from "./retry-schemas.ts";
import { OutboxFilters, OutboxMail, OutboxPage } from "./schemas.ts";

const tag = "Outbox (admin)";

export const outboxRoutes = [
  route({
    method: "get",
    path: "/api/admin/outbox",
    tag,
    operationId: "listOutbox",
    summary: "List the emails that we sent or will send",
    description:
      "Newest first, without what they say. We delete emails after `keep_mails_days`, 90 unless the settings say otherwise.",
    access: permitted("settings.email"),
    request: { query: OutboxFilters },
    response: { 200: OutboxPage },
    handle: (ctx, { query }) => listOutbox(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/outbox/health",
    tag,
    operationId: "getMailHealth",
    summary: "See how sending goes",
    description: "What was sent, arrived, bounced or was reported as spam in the last days, and what is waiting.",
    access: permitted("settings.email"),
    response: { 200: MailHealth },
    handle: (ctx) => readMailHealth(ctx),
  }),
  route({
    method: "post",
    path: "/api/admin/outbox/retry",
    tag,
    operationId: "retryMails",
    summary: "Send many emails after all",
    description:
      "Those that failed, or with the status `withheld` those that were withheld, among those that the filters of the list mean: as after an outage of the provider. At most 500 at once, the oldest first. Emails whose link no longer works are left alone.",
    access: permitted("settings.email"),
    request: { body: RetryInput },
    response: { 200: MailsRetried },
    handle: (ctx, { body }) => retryMails(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/admin/outbox/{id}/retry",
    tag,
    operationId: "retryMail",
    summary: "Send an email after all",
    description:
      "For one that failed or was withheld. If its address is still suppressed, or the person unsubscribed, it is withheld again. 409 for one that is waiting anyway, and for one whose link no longer works.",
    access: permitted("settings.email"),
    request: { params: ById },
    response: { 200: OutboxMail },
    errors: [404, 409],
    handle: (ctx, { params }) => retryMail(ctx, params.id),
  }),
];
