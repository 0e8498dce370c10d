import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mailbox, startMailbox } from "../../local/mailbox.ts";
import { workerVars } from "../../local/settings.ts";

const MAIL_API_KEY = workerVars({ api: 1, postgres: 2, neon: 3, stripe: 4, mail: 5 }, "").MAIL_API_KEY;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await startMailbox({ port: 0 });
});
afterAll(() => mailbox.stop());

const message = (to: string, subject = "Welcome") => ({
  from: "LOAF <hello@loaf.test>",
  to: [to],
  subject,
  html: "<p>Hello</p>",
  text: "Hello",
  headers: { "List-Unsubscribe": "<https://loaf.test/u>" },
});

function send(body: object, headers: Record<string, string> = {}, url = mailbox.mail_url): Promise<Response> {
  return fetch(`${url}${Array.isArray(body) ? "/emails/batch" : "/emails"}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${MAIL_API_KEY}`, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

const read = async (path: string, url = mailbox.mail_url) => (await fetch(url + path)).json();
const messagesTo = (to: string, url?: string) => read(`/_control/messages?to=${encodeURIComponent(to)}`, url);
const fault = (body: object) =>
  fetch(`${mailbox.mail_url}/_control/faults`, { method: "POST", body: JSON.stringify(body) });
const somebody = () => `${randomUUID()}@loaf.test`;

describe("the mailbox", () => {
  test("keeps what was sent to an address, however the address is written, and nobody else's", async () => {
    const to = somebody();
    await send(message(`Ada <${to.toUpperCase()}>`));
    await send(message(somebody()));
    expect(await messagesTo(to)).toEqual([
      expect.objectContaining({
        id: expect.any(String),
        from: "LOAF <hello@loaf.test>",
        to: [`Ada <${to.toUpperCase()}>`],
        subject: "Welcome",
        html: "<p>Hello</p>",
        text: "Hello",
        headers: { "List-Unsubscribe": "<https://loaf.test/u>" },
        created_at: expect.any(String),
      }),
    ]);
  });

  test("takes many messages at once", async () => {
    const [first, second] = [somebody(), somebody()];
    expect((await send([message(first, "One"), message(second, "Two")])).status).toBe(200);
    expect(await messagesTo(second)).toEqual([expect.objectContaining({ subject: "Two" })]);
  });

  test("is read as often as one likes: the emulator takes 5000 calls an hour", async () => {
    const to = somebody();
    await send(Array.from({ length: 100 }, (_, index) => message(to, `Number ${index}`)));
    for (let times = 0; times < 51; times += 1) expect(await messagesTo(to)).toHaveLength(100);
    expect(await messagesTo(to)).toContainEqual(expect.objectContaining({ subject: "Number 99" }));
    expect((await send(message(somebody()))).status).toBe(200);
  });

  test("shows them on a page", async () => {
    const subject = `Subject ${randomUUID()}`;
    const sent: unknown = await (await send(message(somebody(), subject))).json();
    const page = await fetch(`${mailbox.mail_url}/inbox`);
    expect(page.headers.get("Content-Type")).toContain("text/html");
    expect(await page.text()).toContain(subject);
    const { id } = Object(sent);
    expect(await (await fetch(`${mailbox.mail_url}/inbox/${id}`)).text()).toContain("Hello");
  });

  test("shows all of them, a hundred on a page", async () => {
    const subject = `The oldest ${randomUUID()}`;
    await send(message(somebody(), subject));
    await send(Array.from({ length: 100 }, () => message(somebody())));
    const page = async (query: string) => (await fetch(`${mailbox.mail_url}/inbox${query}`)).text();
    expect(await page("")).toContain('href="/inbox?page=2"');
    expect(await page("")).not.toContain(subject);
    expect(await page("?page=2")).toContain(subject);
  });

  test("sends once per Idempotency-Key, and tells that the retry used the same one", async () => {
    const to = somebody();
    const key = { "Idempotency-Key": randomUUID() };
    const first = await (await send(message(to), key)).json();
    expect(await (await send(message(to), key)).json()).toEqual(first);
    expect((await send(message(to, "Another"), key)).status).toBe(409);
    expect(await messagesTo(to)).toHaveLength(1);
    const arrived = (status: number) => ({ to: [to], idempotency_key: key["Idempotency-Key"], status });
    expect(await read(`/_control/requests?to=${to}`)).toEqual({
      count: 3,
      requests: [arrived(200), arrived(200), arrived(409)],
    });
  });

  test("lets nobody in without an API key", async () => {
    expect((await send(message(somebody()), { Authorization: "" })).status).toBe(401);
  });
});

describe("a fault", () => {
  test("status: answered with it, and nothing is sent; another address is not hit", async () => {
    const [to, other] = [somebody(), somebody()];
    await fault({ mode: "status", status: 503, count: 1, match: to });
    expect((await send(message(other))).status).toBe(200);
    expect((await send(message(to))).status).toBe(503);
    expect(await messagesTo(to)).toEqual([]);
    expect((await send(message(to))).status).toBe(200);
    expect(await messagesTo(to)).toHaveLength(1);
  });

  test("hang: the client waits until it gives up, or the connection is lost after the time told", async () => {
    const to = somebody();
    await fault({ mode: "hang", count: 1, match: to });
    const impatient = fetch(`${mailbox.mail_url}/emails`, {
      method: "POST",
      headers: { Authorization: `Bearer ${MAIL_API_KEY}` },
      body: JSON.stringify(message(to)),
      signal: AbortSignal.timeout(100),
    });
    await expect(impatient).rejects.toThrow("timeout");
    await fault({ mode: "hang", ms: 20, count: 1, match: to });
    await expect(send(message(to))).rejects.toThrow("fetch failed");
    expect(await messagesTo(to)).toEqual([]);
  });

  test("after_send: it was sent, but the answer is lost; a retry with its key sends nothing more", async () => {
    const to = somebody();
    const key = { "Idempotency-Key": randomUUID() };
    await fault({ mode: "after_send", count: 1, match: to });
    await expect(send(message(to), key)).rejects.toThrow("fetch failed");
    expect((await send(message(to), key)).status).toBe(200);
    expect(await messagesTo(to)).toHaveLength(1);
    expect(await read(`/_control/requests?to=${to}`)).toMatchObject({ requests: [{ status: null }, { status: 200 }] });
  });

  test("is gone when faults are cleared, and one that makes no sense is refused", async () => {
    const to = somebody();
    await fault({ mode: "status", count: 9, match: to });
    await fetch(`${mailbox.mail_url}/_control/faults`, { method: "DELETE" });
    expect((await send(message(to))).status).toBe(200);
    expect((await fault({ mode: "status" })).status).toBe(400);
  });
});

test("messages, their times and idempotency keys survive a restart", async () => {
  const directory = await mkdtemp(join(tmpdir(), "loaf-mailbox-"));
  const data_file = join(directory, "mail.jsonl");
  const to = somebody();
  const key = { "Idempotency-Key": randomUUID() };
  const before = await startMailbox({ port: 0, data_file });
  await send(message(to), key, before.mail_url);
  const kept = await messagesTo(to, before.mail_url);
  await before.stop();

  const after = await startMailbox({ port: 0, data_file });
  expect(await messagesTo(to, after.mail_url)).toEqual([
    expect.objectContaining({ subject: "Welcome", created_at: Object(kept)[0].created_at }),
  ]);
  await send(message(to), key, after.mail_url);
  expect(await messagesTo(to, after.mail_url)).toHaveLength(1);
  await after.stop();
  await rm(directory, { recursive: true });
});
