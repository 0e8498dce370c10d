import { describe, expect, test } from "vitest";
import { call, get, outcome, post, put, refusal } from "../harness/client.ts";
import { pdfOf } from "../harness/documents.ts";
import { event } from "../harness/events.ts";
import { sentMail, tell } from "../harness/mail-feedback.ts";
import { untilMails } from "../harness/mailbox.ts";
import { newsletter, reader, tagFor, taggedNewsletter } from "../harness/newsletters.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";
import { pathOf } from "../harness/photos.ts";
import { sql } from "../harness/platform.ts";

const editor = await volunteer("newsletters.view", "newsletters.create", "newsletters.edit", "newsletters.delete");
const path = "/api/admin/newsletters";

interface Managed {
  id: string;
  send_status: string;
  published_at: string | null;
  recipient_statuses: string[];
  recipient_tag: string | null;
  url: string | null;
}

const create = (body: object) => post<Managed>(path, body, editor);
const edit = (id: string, body: object) => put<Managed>(`${path}/${id}`, body, editor);
const preview = async (id: string) =>
  (await get<{ subject: string; html: string; text: string; recipients: number }>(`${path}/${id}/preview`, editor))
    .body;

describe.concurrent("a newsletter", () => {
  test("begins as a draft for active members, and what an edit leaves out stays", async () => {
    const { status, body } = await create({ title: "Spring" });
    expect([status, body.send_status, body.published_at]).toEqual([201, "draft", null]);
    expect([body.recipient_statuses, body.recipient_tag]).toEqual([["active"], null]);
    const tagged = await edit(body.id, { recipient_tag: "Choir ", body: "Hello" });
    expect([tagged.body.recipient_statuses, tagged.body.recipient_tag]).toEqual([["active"], "choir"]);
    const former = await edit(body.id, { recipient_statuses: ["inactive", "inactive"], subject: "A letter" });
    expect(former.body).toMatchObject({ recipient_statuses: ["inactive"], recipient_tag: "choir", body: "Hello" });
    expect((await edit(body.id, { recipient_tag: null })).body.recipient_tag).toBeNull();
  });

  test("has an address only if it is a link", async () => {
    const url = "https://example.org/spring";
    const wrong = [
      { title: "Spring", document_type: "link" },
      { title: "Spring", document_location: url },
      { title: "Spring", document_type: "upload", document_location: url },
    ];
    for (const body of wrong)
      expect(refusal(await create(body))).toEqual([
        400,
        "invalid_input",
        [{ path: "document_location", message: "is needed for a link, and only for that" }],
      ]);
    const { body } = await create({ title: "Spring", document_type: "link", document_location: url });
    expect(body.url).toBe(url);
    expect(outcome(await edit(body.id, { document_type: null }))).toEqual([400, "invalid_input"]);
    expect((await edit(body.id, { document_type: null, document_location: null })).body.url).toBeNull();
  });

  test.each([
    "[here](javascript:alert(1))",
    "[here](www.example.org)",
    "[here](/members)",
    "[here](data:text/html,x)",
    "[here]()",
  ])("is refused with a link that leads nowhere in a mail: %s", async (text) => {
    const { status, body } = await create({ title: "Spring", body: `Read it ${text}.` });
    expect([status, body]).toMatchObject([400, { errors: [{ path: "body" }] }]);
  });

  test("shows HTML in its text as text, and loads no images", async () => {
    const body = `<script>alert(1)</script>

<img src=x onerror=alert(2)> &lt;b&gt; ![a cat](https://example.org/cat.png) [site](https://example.org/?a=1&b="2")`;
    const { html, text } = await preview((await create({ title: "Spring", body })).body.id);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toMatch(/<script|<img|<b>/);
    expect(html).toContain('href="https://example.org/?a=1&amp;b=%222%22"');
    expect(text).toContain(body);
  });

  test("keeps the link of an image that has one, with the image's words in its place", async () => {
    const button = (alt: string) => `[![${alt}](https://example.org/button.png)](https://example.org/donate)`;
    const body = `${button("Donate now")} ${button("")} ![a cat](https://example.org/cat.png)`;
    const { html } = await preview((await create({ title: "Spring", body })).body.id);
    const links = [...html.matchAll(/<a [^>]*href="(https:..example.org[^"]*)"[^>]*>(.*?)<\/a>/g)];
    expect(links.map(([, url, words]) => [url, words])).toEqual([
      ["https://example.org/donate", "Donate now"],
      ["https://example.org/donate", "https://example.org/donate"],
      ["https://example.org/cat.png", "a cat"],
    ]);
  });

  test("lists the events that are coming up, and of each only what everybody may know", async () => {
    const title = `Picnic ${crypto.randomUUID()}`;
    const soon = { title, starts_in: 0.001 };
    await event({ ...soon, location: "The open park", place_audience: "everybody" });
    await event({ ...soon, location: "The hidden house", place_audience: "members" });
    await event({ ...soon, location: "The draft's place", place_audience: "everybody", published: false });
    await event({ ...soon, location: "The canceled place", place_audience: "everybody", cancelled_at: new Date() });
    const id = await newsletter({ shows_events: true });
    const { html } = await preview(id);
    expect(html).toContain("The open park");
    expect(html).not.toMatch(/hidden house|draft's place|canceled place/);
    expect((await preview(await newsletter())).html).not.toContain(title);
  });

  test("can be sent to oneself, as it is", async () => {
    const someone = await volunteer("newsletters.edit");
    const id = await newsletter({ subject: "A letter" });
    expect((await post(`${path}/${id}/test`, undefined, someone)).status).toBe(200);
    const [mail] = await untilMails(someone.email);
    expect(mail?.subject).toBe("Test: A letter");
    expect(mail?.html).toContain("Hello <em>everybody</em>.");
    const empty = await newsletter({ body: "" });
    expect(outcome(await post(`${path}/${empty}/test`, undefined, someone))).toEqual([409, "newsletter_not_written"]);
  });

  test("counts before it is sent who gets it, and who does not and why", async () => {
    const [unsubscribed, stranger] = [await person(), await person("rejected", { newsletter_consent_at: new Date() })];
    const suppressed = await reader();
    await tell({ kind: "hard_bounce", email_id: await sentMail(suppressed.email) });
    const people = [
      await reader(),
      suppressed,
      await reader({ status: "inactive" }),
      await person(),
      unsubscribed,
      await person("active", {
        email: null,
        email_verified: false,
        origin: "paper",
        newsletter_consent_at: new Date(),
      }),
      await person("active", { email_verified: false, origin: "paper", newsletter_consent_at: new Date() }),
      stranger,
    ];
    await reader();
    const tag = await tagFor(...people);
    const id = await newsletter({ recipients: JSON.stringify({ statuses: ["active", "inactive"], tag }) });
    await sql(
      "insert into newsletter_recipients (newsletter_id, user_id, queued_at, unsubscribed_at) values ($1, $2, now(), now())",
      [await newsletter(), unsubscribed.id],
    );
    expect((await get(`${path}/${id}/recipients`, editor)).body).toEqual({
      count: 2,
      left_out: { no_address: 1, unconfirmed: 1, suppressed: 1, unsubscribed: 1, no_consent: 1 },
    });
    expect((await preview(id)).recipients).toBe(2);

    const viewer = await volunteer("users.view");
    const leftOut = async (query = "") =>
      (await get<Page<{ id: string; reason: string }>>(`${path}/${id}/left-out${query}`, viewer)).body;
    const all = await leftOut();
    expect(all.total).toBe(5);
    expect(Object.keys(all.items[0] ?? {})).toEqual(["id", "first_name", "last_name", "status", "reason"]);
    expect(all.items.find((one) => one.id === suppressed.id)?.reason).toBe("suppressed");
    expect((await leftOut("?reason=unsubscribed")).items.map((one) => one.id)).toEqual([unsubscribed.id]);
    expect((await get(`${path}/${id}/left-out`, editor)).status).toBe(403);
  });

  test("can be a PDF, which members download by a link, and which replaces the file or link before", async () => {
    const { body } = await create({ title: "Spring Été", document_type: "upload", published_at: "2026-04-01" });
    const { token } = await person();
    expect(outcome(await get(`/api/newsletters/${body.id}`, { token }))).toEqual([404, "newsletter_not_found"]);
    const send = (pdf: string | Uint8Array<ArrayBuffer>, id = body.id) =>
      call<Managed>("PUT", `${path}/${id}/file`, {
        ...editor,
        body: pdf,
        headers: { "Content-Type": "application/pdf" },
      });
    expect(outcome(await send("no PDF"))).toEqual([415, "not_a_pdf"]);
    for (const size of [1000, 70_000]) {
      expect((await send(pdfOf(size))).status).toBe(200);
      const { url = "" } = (await get<{ url: string }>(`/api/newsletters/${body.id}`, { token })).body;
      expect(url).toMatch(/\/spring-ete\.pdf$/);
      expect((await get(pathOf(url))).headers.get("Content-Length")).toBe(String(size));
    }
    const files = await sql(
      "select status from stored_files where id = (select file_id from newsletter_archives where id = $1)",
      [body.id],
    );
    expect(files).toEqual([{ status: "stored" }]);
    const link = await newsletter({ document_type: "link", document_location: "https://example.org" });
    expect((await send(pdfOf(), link)).body).toMatchObject({ document_type: "upload", document_location: null });
    expect(outcome(await send(pdfOf(), await newsletter({})))).toEqual([409, "newsletter_has_no_file"]);
  });

  test("that was sent can no longer change, but can be deleted once it no longer goes out", async () => {
    const [someone, sender] = [await reader(), await volunteer("newsletters.send")];
    const id = await taggedNewsletter(someone);
    expect((await post(`${path}/${id}/send`, { count: 1 }, sender)).status).toBe(200);
    expect(outcome(await edit(id, { title: "Other" }))).toEqual([409, "newsletter_sent"]);
    const remove = () => call("DELETE", `${path}/${id}`, editor);
    expect(outcome(await remove())).toEqual([409, "newsletter_under_way"]);
    await sql("update newsletter_archives set send_status = 'sent' where id = $1", [id]);
    const pending = await sql<{ id: string }>(
      `insert into emails (template, to_email, newsletter_id, next_attempt_at) values ('newsletter', $1, $2, now() + interval '1 hour') returning id`,
      [someone.email, id],
    );
    expect(outcome(await remove())).toEqual([409, "newsletter_under_way"]);
    await sql("delete from emails where id = $1", [pending[0]?.id]);
    expect((await remove()).status).toBe(200);
    expect(outcome(await get(`${path}/${id}`, editor))).toEqual([404, "newsletter_not_found"]);
  });
});
