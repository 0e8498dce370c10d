import { database } from "../test/harness/platform.ts";
import { inBulk } from "./in-bulk.ts";

export const EVENTS = 10_000;
const PEOPLE = 20_000;
/** How many people answered each event, and how many the large ones. */
const ANSWERS = 49;
const LARGE = { events: 5, answers: 2_049 };
/** The next event to come. */
const FIRST_LARGE = EVENTS / 2 + 1;
export const RSVPS = EVENTS * ANSWERS + LARGE.events * (LARGE.answers - ANSWERS);

/** In the addresses of the people made here, and nowhere else. */
const MARK = "@ten-thousand-events.example";
/** The titles of the events made here begin with it. */
export const TITLE = "Bench evening";

const TABLES = ["users", "events", "event_rsvps"];

/**
 * Events, two a day, of which half are over: a tenth are drafts, and a thirtieth canceled. The next ones are the large ones.
 * Returns the id of the first, whose door is open.
 */
export async function insertEvents(): Promise<string> {
  await inBulk(
    TABLES,
    `insert into users (email, first_name, last_name, status, role, email_verified)
     select n || '${MARK}', (array['Robin', 'Kim', 'José', 'Zoë', 'Sam'])[1 + n % 5],
       initcap(translate(left(md5((3 * n)::text), 8), '0123456789', 'aeioulmnrs')), 'active', 'member', true
     from generate_series(0, ${PEOPLE - 1}) n`,
    `insert into events (title, description, location, tags, start_at, end_at, capacity, waiting_list, published, cancelled_at)
     select '${TITLE} ' || n, repeat('Bring something to share. ', 10), 'The park', array['bench ' || n % 50],
       at, at + interval '2 hours', 3000, true, n % 10 <> 0, case when n % 30 = 1 then at - interval '1 day' end
     from generate_series(1, ${EVENTS}) n, lateral (select now() + interval '1 hour' + (n - ${FIRST_LARGE}) * interval '12 hours' as at) a`,
    `insert into event_rsvps (event_id, user_id, rsvp_status, guests, show_name)
     select e.id, u.id, (array['yes', 'yes', 'yes', 'maybe', 'no', 'waitlisted'])[1 + j % 6]::rsvpstatus, 0, j % 4 = 0
     from (select id, split_part(title, ' ', 3)::int as n from events where title like '${TITLE} %') e
       cross join lateral generate_series(1, case when e.n between ${FIRST_LARGE} and ${FIRST_LARGE + LARGE.events - 1}
         then ${LARGE.answers} else ${ANSWERS} end) j
       join (select id, split_part(email, '@', 1)::int as n from users where email like '%${MARK}') u
         on u.n = (e.n * 31 + j * 397) % ${PEOPLE}`,
  );
  const { rows } = await database.query<{ id: string }>("select id from events where title = $1", [
    `${TITLE} ${FIRST_LARGE}`,
  ]);
  if (!rows[0]) throw new Error("The large event is not there");
  return rows[0].id;
}

/** Lets somebody answer many events, like a member of many years. */
export const answerMany = (user_id: string): Promise<void> =>
  inBulk(
    [],
    [
      `insert into event_rsvps (event_id, user_id, rsvp_status)
       select id, $1, 'yes' from events where title like '${TITLE} %0' or title like '${TITLE} %5'
       on conflict do nothing`,
      [user_id],
    ],
  );

export const forgetEvents = (): Promise<void> =>
  inBulk(
    TABLES,
    `delete from event_rsvps using events where id = event_id and title like '${TITLE} %'`,
    `delete from door_links using events where events.id = event_id and title like '${TITLE} %'`,
    `delete from events where title like '${TITLE} %'`,
    `delete from users where email like '%${MARK}'`,
  );
