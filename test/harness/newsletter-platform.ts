import { ownPlatform } from "./own-platform.ts";
import { zoneAt } from "./zones.ts";

/** Does what the queue does, too: it has newsletters written to the outbox, and mails sent. */
export const HOURLY = "17 * * * *";

/** A platform where so many members want newsletters, and somebody may do everything with them. */
export async function newsletterPlatform(readers: number, own_settings: Record<string, string> = {}) {
  const platform = await ownPlatform(own_settings);
  // Newsletters do not go out at night.
  await platform.sql("update organisation_settings set time_zone = $1", [zoneAt(12)]);
  const editor = await platform.volunteer(
    "newsletters.view",
    "newsletters.create",
    "newsletters.edit",
    "newsletters.send",
    "newsletters.delete",
  );

  /** Adds members who want newsletters, without an account. */
  const addReaders = (count: number) =>
    platform.sql(
      `insert into users (email, first_name, last_name, status, email_verified, newsletter_consent_at)
       select 'reader-' || n || '@example.org', 'Robin', 'Example', 'active', true, now() from generate_series(1, $1) as n`,
      [count],
    );

  const people = [];
  for (let index = 0; index < readers; index += 1) {
    const someone = await platform.person("active");
    await platform.sql("update users set newsletter_consent_at = now() where id = $1", [someone.id]);
    people.push(someone);
  }

  const ask = <Body = Record<string, unknown>>(method: string, path: string, body?: object) =>
    platform.call<Body>(method, `/api/admin/newsletters${path}`, { token: editor.token, ...(body && { body }) });

  /** Creates a draft for all of them. Returns its id. */
  const draft = async (details: object = {}): Promise<string> =>
    (await ask<{ id: string }>("POST", "", { title: "Spring", body: "Hello *everybody*.", ...details })).body.id;

  /** From now on, mails wait in the outbox. */
  const holdMails = () =>
    platform.sql(`
      create function hold_mail() returns trigger language plpgsql as $$
        begin new.next_attempt_at := now() + interval '1 day'; return new; end $$;
      create trigger hold_mail before insert on emails for each row execute function hold_mail()`);

  /** Lets those go that wait, and has them sent. */
  const releaseMails = async () => {
    await platform.sql(
      "update emails set next_attempt_at = now() where status = 'pending' and next_attempt_at > now() + interval '1 hour'",
    );
    await platform.fire(HOURLY);
  };

  /** Ends the five minutes. */
  const makeDue = () => platform.sql("update newsletter_archives set send_at = now() where send_status = 'scheduled'");

  return {
    platform,
    people,
    addReaders,
    ask,
    draft,
    makeDue,
    holdMails,
    releaseMails,
    /** The same, and has the mails written to the outbox. */
    async sendNow(): Promise<void> {
      await makeDue();
      await platform.fire(HOURLY);
    },
    /** The mails of a newsletter in the outbox. */
    rows: (id: string) =>
      platform.sql<{
        id: string;
        user_id: string;
        status: string;
        attempts: number;
        last_error: string | null;
        lane: number;
        data: object;
      }>(
        "select id, user_id, status, attempts, last_error, lane, data from emails where newsletter_id = $1 order by queue_number",
        [id],
      ),
  };
}
