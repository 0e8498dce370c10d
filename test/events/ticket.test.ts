import decodeQR from "qr/decode.js";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { Ticket } from "../../src/events/ticket.ts";
import { get, outcome, post } from "../harness/client.ts";
import { answered, answerToken, doorOf, event } from "../harness/events.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

/** What a scanner reads that is held before the image. */
async function scanned(svg: string): Promise<string> {
  const { data, info } = await sharp(Buffer.from(svg))
    .resize(290)
    .flatten({ background: "#fff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}

const ticketOf = (event_id: string, { token }: { token: string }) =>
  get<Ticket>(`/api/events/${event_id}/ticket`, { token });

const opened = async (rsvp: Parameters<typeof answerToken>[0]) =>
  get<Ticket>(`/api/events/ticket?token=${await answerToken(rsvp)}&utm_source=mail`);

describe.concurrent("a ticket", () => {
  test("has a QR code whose content checks in as it is, for a volunteer and at a door link", async () => {
    const { event_id, guest, check_in_code } = await answered("yes", { starts_in: 1 });
    const { status, headers, body } = await ticketOf(event_id, guest);
    expect([status, headers.get("Cache-Control"), body.check_in_code]).toEqual([200, "no-store", check_in_code]);
    const code = await scanned(body.qr_svg);
    const volunteers = await volunteer("events.attendance");
    expect((await post(`/api/admin/events/${event_id}/check-in`, { code }, volunteers)).body).toMatchObject({
      rsvp: { user_id: guest.id, attended: true },
      present: 1,
    });
    const { path } = await doorOf(event_id);
    expect((await post(`${path}/check-in`, { code, attended: false })).body).toMatchObject({ present: 0 });
  });

  test("opens as a page from the mail of a yes, without signing in, and names nobody", async () => {
    const [guest, event_id] = [
      await person("active", { first_name: "Ferdinand" }),
      await event({ title: "Tea <b>", time_zone: "Europe/London", guests_limit: 1 }),
    ];
    await post(`/api/events/${event_id}/rsvp`, { rsvp_status: "yes", guests: 1 }, guest);
    const [mail] = await untilMails(guest.email);
    if (!mail) throw new Error("There is no mail");
    const link = `/api/events/ticket?token=${tokenIn(mail)}`;
    expect(mail.text).toContain(link);
    const { body } = await get<Ticket>(link);
    expect(body).toEqual((await ticketOf(event_id, guest)).body);
    const page = await get(link, { headers: { Accept: "text/html" } });
    expect([page.status, page.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    for (const part of ["Tea &lt;b&gt;", "with 1 guest", body.check_in_code, body.qr_svg])
      expect(page.text).toContain(part);
    expect(page.text).not.toContain("Ferdinand");
  });

  test("is only for the person who has the seat", async () => {
    const { event_id, guest } = await answered();
    for (const other of [await person(), await volunteer("events.attendance", "events.rsvps")])
      expect(outcome(await ticketOf(event_id, other))).toEqual([404, "no_ticket"]);
    const token = await answerToken({ event_id, guest });
    expect(outcome(await get(`/api/events/ticket?token=${token.slice(0, -2)}xx`))).toEqual([400, "link_not_valid"]);
  });

  test.each([
    ["for somebody who waits", "update event_rsvps set rsvp_status = 'waitlisted' where event_id = $1"],
    ["once the seat is given up", "update event_rsvps set rsvp_status = 'no' where event_id = $1"],
    ["when the event is canceled", "update events set cancelled_at = now() where id = $1"],
    [
      "long after the event",
      "update events set start_at = now() - interval '9 hours', end_at = now() - interval '7 hours' where id = $1",
    ],
  ])("is not there %s", async (_, change) => {
    const rsvp = await answered();
    expect((await opened(rsvp)).status).toBe(200);
    await sql(change, [rsvp.event_id]);
    expect(outcome(await opened(rsvp))).toEqual([404, "no_ticket"]);
    expect(outcome(await ticketOf(rsvp.event_id, rsvp.guest))).toEqual([404, "no_ticket"]);
  });
});
