import { describe, expect, test, vi } from "vitest";
import type { ManagedBylaws, ManagedReport } from "../../src/documents/admin/schemas.ts";
import type { Bylaws, CurrentBylaws, FinancialReport, MyDocuments } from "../../src/documents/schemas.ts";
import { call, get, outcome } from "../harness/client.ts";
import { pdfOf, report, rules, unwrittenReport } from "../harness/documents.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";
import { objectsIn, pathOf, see } from "../harness/photos.ts";
import { sql, worker } from "../harness/platform.ts";

const MB = 1024 * 1024;
const { token } = await volunteer("financials.view", "financials.edit", "financials.create", "financials.delete");

const send = <Body = ManagedReport>(
  id: string,
  body: Uint8Array<ArrayBuffer> | ReadableStream,
  type = "application/pdf",
) => call<Body>("PUT", `/api/admin/financials/${id}/file`, { token, body, headers: { "Content-Type": type } });

const edit = <Body = ManagedReport>(id: string, body: object) =>
  call<Body>("PUT", `/api/admin/financials/${id}`, { token, body });

/** Sends bytes without saying how many. */
async function sendChunked(id: string, bytes: Uint8Array, { break_off = false } = {}) {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= bytes.length) return break_off ? controller.error(new Error("gone")) : controller.close();
      controller.enqueue(bytes.subarray(sent, sent + 256 * 1024));
      sent += 256 * 1024;
    },
  });
  return fetch(`${worker.url}/api/admin/financials/${id}/file`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/pdf", "CF-Connecting-IP": "10.3.3.1" },
    body,
    duplex: "half",
  } as RequestInit);
}

const filesOf = (id: string) =>
  sql<{ key: string; size_bytes: string }>(
    "select f.key, f.size_bytes from stored_files f join financial_reports r on r.file_id = f.id where r.id = $1",
    [id],
  );

describe("a PDF", () => {
  test("is kept as it was sent, and members download it by a link that expires", async () => {
    const id = await unwrittenReport();
    const pdf = pdfOf(6 * MB + 123);
    const stored = await send(id, pdf);
    expect([stored.status, stored.body.size_bytes]).toEqual([200, pdf.length]);
    await edit(id, { title: "Año 2026: été & co.", published: true });
    const { body } = await get<FinancialReport>(`/api/financials/${id}`, { token: (await person()).token });
    expect(pathOf(body.url)).toMatch(/^\/api\/documents\/document\..+\/ano-2026-ete-co\.pdf$/);
    const { status, headers, bytes } = await see(body.url);
    expect(status).toBe(200);
    expect(Buffer.compare(bytes, pdf)).toBe(0);
    expect(headers.get("Content-Type")).toBe("application/pdf");
    expect(headers.get("Content-Disposition")).toBe('attachment; filename="ano-2026-ete-co.pdf"');
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Cache-Control")).toMatch(/^private, max-age=\d+, immutable$/);
    const part = await see(body.url, { headers: { Range: "bytes=0-4" } });
    expect([part.status, new TextDecoder().decode(part.bytes)]).toEqual([206, "%PDF-"]);
    const etag = headers.get("ETag") ?? "";
    expect((await see(body.url, { headers: { "If-None-Match": etag } })).status).toBe(304);
    expect((await see(body.url?.replace("document.", "document.x") ?? null)).status).toBe(404);
  });

  test("is told by its first bytes, not by its label", async () => {
    const id = await unwrittenReport();
    const zip = new TextEncoder().encode("PK\u0003\u0004 no pdf at all");
    for (const bytes of [zip, new TextEncoder().encode("%PD"), new Uint8Array()])
      expect(outcome(await send(id, new Uint8Array(bytes)))).toEqual([415, "not_a_pdf"]);
    expect(outcome(await send(id, pdfOf(), "text/plain"))).toEqual([415, "unsupported_media_type"]);
    expect(await filesOf(id)).toEqual([]);
  });

  test("may have 50 MB and no byte more, whether or not the client says how many", { timeout: 60_000 }, async () => {
    const id = await unwrittenReport();
    expect((await send(id, pdfOf(50 * MB))).status).toBe(200);
    const [kept] = await filesOf(id);
    expect(Number(kept?.size_bytes)).toBe(50 * MB);
    const larger = pdfOf(50 * MB + 1);
    expect(outcome(await send(id, larger))).toEqual([413, "file_too_large"]);
    const unannounced = await sendChunked(id, larger);
    expect([unannounced.status, ((await unannounced.json()) as { code: string }).code]).toEqual([
      413,
      "file_too_large",
    ]);
    expect(await filesOf(id)).toEqual([kept]);
  });

  test("replaces the one before, whose link stops working", async () => {
    const id = await unwrittenReport();
    const first = await send(id, pdfOf());
    const second = await send(id, pdfOf());
    expect((await see(second.body.url)).status).toBe(200);
    await expect.poll(async () => (await see(first.body.url)).status).toBe(404);
    await call("DELETE", `/api/admin/financials/${id}`, { token });
    await expect.poll(async () => (await see(second.body.url)).status).toBe(404);
  });
});

test("an upload that breaks off, or that R2 or the quota refuses, leaves nothing", async () => {
  const platform = await ownPlatform();
  const { url } = platform;
  const { token } = await platform.volunteer();
  const id = await platform.insert("financial_reports", { title: "Report", year: 2026, document_type: "upload" });
  const put = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    call("PUT", `/api/admin/financials/${id}/file`, {
      url,
      token,
      body,
      headers: { "Content-Type": "application/pdf", ...headers },
    });
  // What tests before this one left: they share the bucket.
  const others = new Set((await objectsIn(await platform.bucket("PHOTOS"))).keys());
  const nothingIsLeft = async () => {
    expect(await platform.sql("select id from stored_files")).toEqual([]);
    expect(await platform.sql("select used_bytes::int as used from storage_usage")).toEqual([{ used: 0 }]);
    const objects = [...(await objectsIn(await platform.bucket("PHOTOS"))).keys()];
    expect(objects.filter((key) => !others.has(key))).toEqual([]);
  };
  for (const faults of ["createMultipartUpload", "uploadPart 2", "uploadPart, abort", "complete"]) {
    expect(outcome(await put(pdfOf(6 * MB), { "X-Test-Faults": faults }))).toEqual([503, "storage_unavailable"]);
    await vi.waitFor(nothingIsLeft, { timeout: 15_000 });
  }
  const controller = new AbortController();
  const bytes = pdfOf(7 * MB);
  let sent = 0;
  const broken = fetch(`${url}/api/admin/financials/${id}/file`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/pdf" },
    body: new ReadableStream<Uint8Array>({
      pull(stream) {
        if (sent >= bytes.length) return controller.abort();
        stream.enqueue(bytes.subarray(sent, sent + MB));
        sent += MB;
      },
    }),
    duplex: "half",
    signal: controller.signal,
  } as RequestInit);
  await expect(broken).rejects.toThrow();
  await vi.waitFor(nothingIsLeft, { timeout: 15_000 });
  await platform.sql("update storage_usage set limit_bytes = 1000");
  expect(outcome(await put(pdfOf(1001)))).toEqual([413, "storage_full"]);
  // The Worker may hear of the one that broke off only now.
  await vi.waitFor(nothingIsLeft, { timeout: 15_000 });
  expect((await put(pdfOf(1000))).status).toBe(200);
}, 60_000);

describe("a financial report", () => {
  test("is for members once it is published, and a link leads elsewhere", async () => {
    const draft = await report({ published_at: null });
    const reader = { token: (await person()).token };
    expect(outcome(await get(`/api/financials/${draft}`, reader))).toEqual([404, "document_not_found"]);
    expect((await edit(draft, { published: true })).status).toBe(200);
    const { body } = await get<FinancialReport>(`/api/financials/${draft}`, reader);
    expect(body).toMatchObject({ url: "https://www.example.org/report.pdf", document_type: "link", size_bytes: null });
    expect(body).not.toHaveProperty("document_location");
    for (const status of ["inactive", "payment_pending"] as const)
      expect((await get(`/api/financials/${draft}`, { token: (await person(status)).token })).status).toBe(403);
  });

  test("is not published without what members would read", async () => {
    const id = await unwrittenReport();
    expect(outcome(await edit(id, { published: true }))).toEqual([409, "document_without_file"]);
    const needed = [
      400,
      [{ path: "document_location", message: "is needed for a link, and must be null for an upload" }],
    ];
    const wrong = async (body: object) => {
      const answer = await edit<{ errors: unknown }>(id, body);
      return [answer.status, answer.body.errors];
    };
    expect(await wrong({ document_type: "link" })).toEqual(needed);
    expect(await wrong({ document_location: "https://example.org/x" })).toEqual(needed);
    expect((await edit(id, { document_location: "http://example.org/x" })).status).toBe(400);
    expect((await edit(id, { document_location: "javascript:alert(1)" })).status).toBe(400);
    await send(id, pdfOf());
    expect((await edit(id, { published: true })).body.published_at).not.toBeNull();
    const linked = await edit(id, { document_type: "link", document_location: "https://example.org/x" });
    expect([linked.status, linked.body.url]).toEqual([200, "https://example.org/x"]);
    await expect.poll(() => filesOf(id)).toEqual([]);
    const sent = await send(id, pdfOf());
    expect(sent.body).toMatchObject({
      document_type: "upload",
      document_location: null,
      size_bytes: expect.any(Number),
    });
  });

  test("is found by year, state and words", async () => {
    const word = crypto.randomUUID();
    const [published, draft] = [
      await report({ title: `Été ${word}`, year: 2031 }),
      await report({ title: word, published_at: null }),
    ];
    const found = async (query: string) =>
      (await get<Page<ManagedReport> & { total: number }>(`/api/admin/financials?search=${word}&${query}`, { token }))
        .body;
    expect((await found("")).items.map(({ id }) => id)).toEqual([published, draft]);
    expect((await found("published=false")).items.map(({ id }) => id)).toEqual([draft]);
    expect(await found("year=2031")).toMatchObject({ total: 1, items: [{ id: published }] });
    expect((await found("published=true&year=2030")).total).toBe(0);
  });
});

describe("of the rules", () => {
  test("exactly one published version of each kind is in force", async () => {
    const platform = await ownPlatform();
    const { token } = await platform.volunteer();
    const create = (version: string, more: object = {}) =>
      platform.call<ManagedBylaws>("POST", "/api/admin/bylaws", {
        token,
        body: {
          title: "Bylaws",
          version,
          effective_on: "2027-01-01",
          document_type: "link",
          document_location: "https://example.org/bylaws",
          ...more,
        },
      });
    const change = (id: string, body: object) =>
      platform.call<ManagedBylaws>("PUT", `/api/admin/bylaws/${id}`, { token, body });
    const current = async () =>
      (await platform.call<CurrentBylaws>("GET", "/api/bylaws/current")).body.items.map(({ version }) => version);

    expect(outcome(await create("0", { current: true }))).toEqual([409, "document_not_published"]);
    const { body: one } = await create("1");
    expect(await current()).toEqual([]);
    // The first one that is published is in force.
    expect((await change(one.id, { published: true })).body.current).toBe(true);
    const { body: two } = await create("2", { published: true });
    expect([two.current, await current()]).toEqual([false, ["1"]]);
    for (const body of [{ published: false }, { current: false }])
      expect(outcome(await change(one.id, body))).toEqual([409, "document_current"]);
    expect(outcome(await platform.call("DELETE", `/api/admin/bylaws/${one.id}`, { token }))).toEqual([
      409,
      "document_current",
    ]);
    expect((await change(two.id, { current: true })).body.current).toBe(true);
    expect(await current()).toEqual(["2"]);
    const { body: notice } = await create("2", { kind: "privacy_notice", published: true });
    expect([notice.current, (await current()).length]).toEqual([true, 2]);
    expect(outcome(await create("2"))).toEqual([409, "version_exists"]);
    expect(outcome(await change(one.id, { version: "2" }))).toEqual([409, "version_exists"]);
    // Many at once: one of them wins.
    const others = await Promise.all(["3", "4", "5", "6"].map((version) => create(version, { published: true })));
    await Promise.all(others.map(({ body }) => change(body.id, { current: true })));
    expect(await platform.sql("select count(*)::int from bylaws_documents where current and kind = 'bylaws'")).toEqual([
      { count: 1 },
    ]);
    expect((await platform.call("DELETE", `/api/admin/bylaws/${one.id}`, { token })).status).toBe(200);
  });

  test("members see every published version, and strangers those in force", async () => {
    const id = await rules();
    const { body } = await get<Bylaws>(`/api/bylaws/${id}`, { token: (await person()).token });
    expect(body).toMatchObject({ id, current: false, url: "https://www.example.org/rules.pdf" });
    expect((await get(`/api/bylaws/${id}`)).status).toBe(401);
    const draft = await rules({ published_at: null });
    expect((await get(`/api/bylaws/${draft}`, { token: (await person()).token })).status).toBe(404);
    const { text } = await get("/api/bylaws/current");
    for (const hidden of [id, draft]) expect(text).not.toContain(hidden);
  });

  test("the version in force goes from a link to a PDF at once, and is in force all the time", async () => {
    const platform = await ownPlatform();
    const { token } = await platform.volunteer();
    const id = await platform.insert("bylaws_documents", {
      title: "Bylaws",
      version: "1",
      effective_on: "2027-01-01",
      document_type: "link",
      document_location: "https://example.org/bylaws",
      published_at: new Date(),
      current: true,
    });
    const sent = await platform.call<ManagedBylaws>("PUT", `/api/admin/bylaws/${id}/file`, {
      token,
      body: pdfOf(),
      headers: { "Content-Type": "application/pdf" },
    });
    expect(sent).toMatchObject({ status: 200, body: { document_type: "upload", document_location: null } });
    const { body } = await platform.call<CurrentBylaws>("GET", "/api/bylaws/current");
    expect(body.items).toMatchObject([{ id, url: expect.stringContaining("/api/documents/") }]);
  });

  test("what people accepted stays as they read it", async () => {
    const { token } = await volunteer("bylaws.edit", "bylaws.delete", "bylaws.view");
    const id = await rules();
    await sql("insert into document_acceptances (user_id, document_id) values ($1, $2)", [(await person()).id, id]);
    const change = (body: object) => call<ManagedBylaws>("PUT", `/api/admin/bylaws/${id}`, { token, body });
    for (const body of [
      { document_location: "https://example.org/other" },
      { version: "another" },
      { document_type: "upload" },
    ])
      expect(outcome(await change(body))).toEqual([409, "document_accepted"]);
    expect(outcome(await call("DELETE", `/api/admin/bylaws/${id}`, { token }))).toEqual([409, "document_accepted"]);
    const { status, body } = await change({ title: "Renamed", document_location: "https://www.example.org/rules.pdf" });
    expect([status, body.title, body.accepted_by]).toEqual([200, "Renamed", 1]);
    const upload = await rules({ document_type: "upload", document_location: null, published_at: null });
    await sql("insert into document_acceptances (user_id, document_id) values ($1, $2)", [(await person()).id, upload]);
    const sent = await call("PUT", `/api/admin/bylaws/${upload}/file`, {
      token,
      body: pdfOf(),
      headers: { "Content-Type": "application/pdf" },
    });
    expect(outcome(sent)).toEqual([409, "document_accepted"]);
    const replaced = await call("PUT", `/api/admin/bylaws/${id}/file`, {
      token,
      body: pdfOf(),
      headers: { "Content-Type": "application/pdf" },
    });
    expect(outcome(replaced)).toEqual([409, "document_accepted"]);
  });
});

test("a new version that asks again is everybody's next step until they accept it, and their record shows it", async () => {
  const platform = await ownPlatform();
  const someone = await platform.person("active");
  const { token } = someone;
  const version = (name: string, columns: object = {}) =>
    platform.insert("bylaws_documents", {
      title: "Bylaws",
      version: name,
      effective_on: "2027-01-01",
      document_type: "link",
      document_location: "https://example.org/bylaws",
      published_at: new Date(),
      ...columns,
    });
  const nextStep = async (of = token) =>
    (await platform.call<{ next_step: { code: string; url: string } | null }>("GET", "/api/auth/me", { token: of }))
      .body.next_step;
  const accept = (...document_ids: string[]) =>
    platform.call<MyDocuments>("POST", "/api/members/documents/accept", { token, body: { document_ids } });

  const first = await version("1", { current: true });
  expect(await nextStep()).toBeNull();
  expect((await accept(first)).body).toMatchObject({ accepted: [{ id: first, version: "1" }], asked: [] });
  const second = await version("2", { asks_again: true });
  expect(await nextStep()).toBeNull();
  expect(outcome(await accept(second))).toEqual([409, "document_not_current"]);
  const admin = await platform.volunteer();
  await platform.call("PUT", `/api/admin/bylaws/${second}`, { token: admin.token, body: { current: true } });
  expect(await nextStep()).toMatchObject({ code: "accept_documents", url: "/documents" });
  expect(await nextStep((await platform.person("pending_email")).token)).toMatchObject({ code: "verify" });
  const mine = await platform.call<MyDocuments>("GET", "/api/members/documents", { token });
  expect(mine.body).toMatchObject({
    accepted: [{ id: first }],
    asked: [{ id: second, url: "https://example.org/bylaws" }],
  });
  expect(outcome(await accept(first))).toEqual([409, "document_not_current"]);
  expect(outcome(await accept(second, crypto.randomUUID()))).toEqual([409, "document_not_current"]);
  const times = async () =>
    (await accept(second, second.toUpperCase())).body.accepted.map(({ accepted_at }) => accepted_at);
  expect(await times()).toEqual(await times());
  expect(await nextStep()).toBeNull();
  const record = await platform.call<MyDocuments>("GET", `/api/admin/users/${someone.id}`, { token: admin.token });
  const own = await platform.call("GET", "/api/members/export", { token });
  for (const { body } of [record, own])
    expect(body).toMatchObject({
      accepted_documents: [
        { id: second, version: "2" },
        { id: first, version: "1" },
      ],
    });
});
