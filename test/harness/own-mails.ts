import { vi } from "vitest";
import { mailsTo } from "./mailbox.ts";
import type { ownPlatform } from "./own-platform.ts";
import { anyEmail } from "./people.ts";

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

export interface OwnMail extends Record<string, unknown> {
  id: string;
  to_email: string;
  status: string;
  attempts: number;
  lane: number;
  batch_id: string | null;
  last_error: string | null;
  provider_message_id: string | null;
  sent_at: Date | null;
  created_at: Date;
  next_attempt_at: Date;
}

/** The outbox of a platform that one test has to itself. */
export function outboxOfOwn({ sql, look }: Platform) {
  const rows = () => sql<OwnMail>("select * from emails order by queue_number");
  return {
    rows,
    /** Adds mails that are due now to the outbox. Returns their addresses. */
    async add(count: number, columns: Record<string, unknown> = {}): Promise<string[]> {
      const addresses = Array.from({ length: count }, () => anyEmail("own"));
      const fields = { template: "approval", data: '{"first_name": "Robin"}', ...columns };
      await sql(
        `insert into emails (to_email, ${Object.keys(fields).join()})
         select to_email, ${Object.keys(fields).map((_, index) => `$${index + 2}`)} from unnest($1::text[]) as to_email`,
        [addresses, ...Object.values(fields)],
      );
      return addresses;
    },
    /** Ends leases and the pauses between attempts. */
    makeDue: () => sql("update emails set next_attempt_at = now() where status = 'pending'"),
    /** Has the Worker send what is due. */
    send: () => look("mail"),
    pace: async () => {
      const [pace] = await sql<{ sent_today: number; next_look_at: Date | null }>("select * from mail_pace");
      return pace;
    },
    settings: (columns: Record<string, unknown>) =>
      sql(
        `update organisation_settings set ${Object.keys(columns).map((name, index) => `${name} = $${index + 1}`)}`,
        Object.values(columns),
      ),
    /** Waits until none is pending. */
    untilDone: (timeout = 10_000) =>
      vi.waitFor(
        async () => {
          const waiting = (await rows()).filter(({ status }) => status === "pending");
          if (waiting.length > 0) throw new Error(`${waiting.length} mails wait: ${waiting[0]?.last_error}`);
          return rows();
        },
        { timeout, interval: 50 },
      ),
    /** How many mails each address got. */
    received: async (addresses: string[]) =>
      Promise.all(addresses.map(async (address) => (await mailsTo(address)).length)),
  };
}
