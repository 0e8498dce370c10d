import { vi } from "vitest";
import { insert, sql, worker } from "./platform.ts";

export interface OutboxRow {
  id: string;
  template: string;
  status: "pending" | "sent" | "failed" | "withheld";
  attempts: number;
  last_error: string | null;
  provider_message_id: string | null;
  sent_at: Date | null;
  next_attempt_at: Date;
  /** Minutes until the next attempt, rounded. Null if there will be none. */
  minutes: number | null;
}

/** The mail in the outbox for an address. */
export const outboxOf = (email: string): Promise<OutboxRow[]> =>
  sql<OutboxRow>(
    `select *, case when status = 'pending' then round(extract(epoch from next_attempt_at - updated_at) / 60)::int end as minutes
     from emails where to_email = $1 order by created_at, id`,
    [email],
  );

/** The only mail in the outbox for an address. */
export async function outboxRow(email: string): Promise<OutboxRow> {
  const [row, ...others] = await outboxOf(email);
  if (!row || others.length > 0)
    throw new Error(`Expected one mail in the outbox, found ${others.length + (row ? 1 : 0)}`);
  return row;
}

/** Has the Worker send the mails that are due. Resolves when it has finished. */
export const sendDueMails = () => worker.look("mail");

/** Makes a mail due now, as if its lease or the pause between two attempts had ended. */
export const makeDue = (email: string) =>
  sql("update emails set next_attempt_at = now() where to_email = $1 and status = 'pending'", [email]);

/** Waits until the attempt with this number is recorded, whoever made it. */
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

/** Waits until a mail is sent, whoever sends it: an attempt that is under way still shows the error of the one before. */
export const untilSent = (email: string): Promise<OutboxRow> =>
  vi.waitFor(
    async () => {
      const row = await outboxRow(email);
      if (row.status !== "sent") throw new Error(`${email}: ${row.status} after ${row.attempts} attempts`);
      return row;
    },
    { timeout: 15_000, interval: 20 },
  );

/** Adds a mail that is due now to the outbox, without anything else happening. */
export async function outgoing(
  email: string,
  { template = "approval", data = { first_name: "Robin" }, ...columns }: Record<string, unknown> = {},
): Promise<string> {
  const { id } = await insert("emails", { template, to_email: email, data: JSON.stringify(data), ...columns });
  return id;
}

/** What a volunteer writes to those who answered an event, for `outgoing`. */
export const MESSAGE = {
  template: "event_message",
  data: {
    first_name: "Robin",
    title: "Picnic",
    start_at: "2027-03-01T18:30:00.000Z",
    time_zone: null,
    subject: "The place",
    body: "We meet at the pond.",
    reply_to: null,
  },
};

/** A mail that people can unsubscribe from, for `outgoing`. */
export const EVENT_NEWS = {
  template: "event_for_newcomers",
  data: { first_name: "Robin", title: "Picnic", start_at: "2027-03-01T18:30:00.000Z", time_zone: null },
};
