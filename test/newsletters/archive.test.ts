import { describe, expect, test } from "vitest";
import { follow, get, outcome, put } from "../harness/client.ts";
import { newsletter, newsletterToken } from "../harness/newsletters.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";

const member = await person();
const YEAR = 1950;

describe.concurrent("the archive of newsletters", () => {
  test("has what is published, by year on the organization's clock, the latest first", async () => {
    const at = (published_at: string) => newsletter({ published_at });
    const made = [
      await at("1950-06-01T00:00:00Z"),
      await at("1951-01-01T02:00:00Z"), // still 1950 in New York
      await at("1950-01-01T02:00:00Z"), // not yet
    ];
    await newsletter({ published_at: "1950-06-01T00:00:00Z", body: "" });
    const { body } = await get<Page<{ id: string }>>(`/api/newsletters?year=${YEAR}`, member);
    expect(body.items.map(({ id }) => id)).toEqual([made[1], made[0]]);
    const first = await get<Page<{ id: string }>>(`/api/newsletters?year=${YEAR}&limit=1`, member);
    const next = await get<Page<{ id: string }>>(
      `/api/newsletters?year=${YEAR}&limit=1&cursor=${first.body.next_cursor}`,
      member,
    );
    expect(next.body.items.map(({ id }) => id)).toEqual([made[0]]);
  });

  test("has no drafts, and nothing before its time", async () => {
    for (const published_at of [null, new Date(Date.now() + 60_000)])
      expect(outcome(await get(`/api/newsletters/${await newsletter({ published_at })}`, member))).toEqual([
        404,
        "newsletter_not_found",
      ]);
  });

  test("gives a newsletter as HTML that is safe to show, with the events as they were", async () => {
    const id = await newsletter({
      published_at: new Date(),
      body: "# Hi <i>\n\n[site](https://example.org)",
      shows_events: true,
      events: JSON.stringify([{ title: "A & B", start_at: "2027-03-01T23:30:00Z", time_zone: "UTC", location: null }]),
    });
    const { body } = await get<{ html: string; url: string | null }>(`/api/newsletters/${id}`, member);
    expect(body.url).toBeNull();
    expect(body.html).toContain("<h1>Hi &lt;i&gt;</h1>");
    expect(body.html).toContain("<li><strong>A &amp; B</strong>: March 1, 2027 at 11:30 PM UTC</li>");
  });
});

test("a newsletter that was sent can be taken out of the archive, with the link in its mail, and put back", async () => {
  const editor = await volunteer("newsletters.edit");
  const id = await newsletter({ send_status: "sent", send_at: new Date(), published_at: new Date() });
  const link = `/api/newsletters/read?token=${await newsletterToken(id)}`;
  const edit = (published_at: string | null) => put(`/api/admin/newsletters/${id}`, { published_at }, editor);
  const open = async () => [(await get(`/api/newsletters/${id}`, member)).status, (await follow(link)).status];
  expect(await open()).toEqual([200, 200]);
  expect((await edit(null)).status).toBe(200);
  expect(await open()).toEqual([404, 404]);
  expect((await edit("2026-04-01")).status).toBe(200);
  expect(await open()).toEqual([200, 200]);
});

describe.concurrent("the link in a newsletter's mail", () => {
  test("opens the newsletter without a sign-in, as a page or as JSON", async () => {
    const id = await newsletter({ title: "Spring & more", published_at: new Date() });
    const path = `/api/newsletters/read?token=${await newsletterToken(id)}&utm_source=gateway`;
    const page = await get(path.replace("&utm_source=gateway", ""), { headers: { Accept: "text/html" } });
    expect(page.status).toBe(200);
    expect(page.text).toContain("<h1>Spring &amp; more</h1>");
    expect(page.text).toContain("<p>Hello <em>everybody</em>.</p>");
    expect((await follow(path.replace("&utm_source=gateway", ""))).body).toMatchObject({
      title: "Spring & more",
      html: "<p>Hello <em>everybody</em>.</p>",
    });
  });

  test("is refused unless we made it for this", async () => {
    const token = await newsletterToken(await newsletter());
    for (const wrong of [`x${token}`, token.slice(0, -1), "x"])
      expect(outcome(await follow(`/api/newsletters/read?token=${wrong}`))).toEqual([400, "link_not_valid"]);
    for (const id of [crypto.randomUUID(), await newsletter()])
      expect(outcome(await follow(`/api/newsletters/read?token=${await newsletterToken(id)}`))).toEqual([
        404,
        "newsletter_not_found",
      ]);
  });
});
