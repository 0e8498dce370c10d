import { vi } from "vitest";
import { insert, sql, worker } from "./platform.ts";

export interface OutboxRow {
  id: string;
  template: string;
  status: "pending" | "sent" | "failed";
  attempts: number;
  last_error: string | null;
  provider_message_id: string | null;
  sent_at: Date | null;
  next_attempt_at: Date;
  /** Minutes until the next attempt, rounded; null when there will be none. */
  minutes: number | null;
}

/** What the outbox holds for an address. */
export const outboxOf = (email: string): Promise<OutboxRow[]> =>
  sql<OutboxRow>(
    `select *, case when status = 'pending' then round(extract(epoch from next_attempt_at - updated_at) / 60)::int end as minutes
     from emails where to_email = $1 order by created_at, id`,
    [email],
  );

/** The one mail that the outbox holds for an address. */
export async function outboxRow(email: string): Promise<OutboxRow> {
  const [row, ...others] = await outboxOf(email);
  if (!row || others.length > 0) throw new Error(`The outbox has ${others.length + (row ? 1 : 0)} mails, not one`);
  return row;
}

/** Starts the cron that delivers mail, as Cloudflare would; resolves when it is through. */
export const runMailCron = () => worker.fire("* * * * *");

/** As if the time had come: a lease that was taken has run out, a pause between two attempts is over. */
export const makeDue = (email: string) =>
  sql("update emails set next_attempt_at = now(), last_error = null where to_email = $1 and status = 'pending'", [
    email,
  ]);

/** Waits until the attempt of this number has been made and written down, whoever made it. */
export const untilSettled = (email: string, attempts: number): Promise<OutboxRow> =>
  vi.waitFor(
    async () => {
      const row = await outboxRow(email);
      const settled = row.attempts >= attempts && (row.status !== "pending" || row.last_error !== null);
      if (!settled) throw new Error(`${email}: ${row.status} after ${row.attempts} of ${attempts} attempts`);
      return row;
    },
    { timeout: 15_000, interval: 20 },
  );

/** Puts a mail in the outbox that is due now, without anything else having happened. */
export async function outgoing(
  email: string,
  { template = "approval", data = { first_name: "Robin" }, ...columns }: Record<string, unknown> = {},
): Promise<string> {
  const { id } = await insert("emails", { template, to_email: email, data: JSON.stringify(data), ...columns });
  return id;
}
