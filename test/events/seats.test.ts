import { expect, test } from "vitest";
import { post, tripsOf } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { checkSeatHistories } from "../harness/seat-histories.ts";

test("200 people at once get 20 seats and 30 places in line, in order; the others are refused", async () => {
  const id = await event({ capacity: 20, waiting_list: true, waiting_list_limit: 30 });
  const people = await Promise.all(Array.from({ length: 200 }, () => person()));
  const answers = await Promise.all(
    people.map(({ token }) =>
      post<{ rsvp_status?: string; position?: number | null; code?: string }>(
        `/api/events/${id}/rsvp`,
        { rsvp_status: "yes" },
        { token },
      ),
    ),
  );
  const outcomes = answers.map(({ status, body }) => `${status} ${body.rsvp_status ?? body.code}`);
  expect(Object.fromEntries([...Map.groupBy(outcomes, (one) => one)].map(([one, all]) => [one, all.length]))).toEqual({
    "200 yes": 20,
    "200 waitlisted": 30,
    "409 event_full": 150,
  });
  const places = answers.flatMap(({ body }) => body.position ?? []);
  expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  for (const answer of answers.slice(0, 20)) expect((await tripsOf(answer)).before).toBe(1);
  const mails = await sql("select from emails where data->>'event_id' = $1", [id]);
  expect(mails).toHaveLength(20);
});

test("whatever people and volunteers do at once, no seat is given twice and nobody is passed over", () =>
  checkSeatHistories(12));
