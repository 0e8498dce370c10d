import { afterEach, describe, expect, test, vi } from "vitest";
import { createLoafClient, inMemory, LoafError, type Options } from "../../client/index.ts";
import { issueAccessToken } from "../../src/access/access-token.ts";
import { PASSWORD, personWithPassword } from "../harness/accounts.ts";
import { event } from "../harness/events.ts";
import { donation } from "../harness/giving.ts";
import { picture } from "../harness/photos.ts";
import { settings, sql, worker } from "../harness/platform.ts";
import { give, role } from "../harness/roles.ts";
import { codeOf, enrolled } from "../harness/second-factor.ts";

afterEach(() => vi.unstubAllGlobals());

/** A client of the stack that remembers what it sent. */
function client(options: Partial<Options> = {}) {
  const sent: string[] = [];
  const loaf = createLoafClient({
    baseUrl: worker.url,
    ...options,
    fetch(request) {
      sent.push(`${request.method} ${new URL(request.url).pathname}`);
      request.headers.set("CF-Connecting-IP", `10.3.${Math.floor(Math.random() * 256)}.7`);
      return (options.fetch ?? fetch)(request);
    },
  });
  return { loaf, sent };
}

type Fetch = NonNullable<Options["fetch"]>;

const REFRESH = "POST /api/auth/refresh";

/** What the API answers if it does not do what it was asked, and that it may be asked again at once. */
const refusal = (status: number, code: string) =>
  new Response(JSON.stringify({ detail: "Not now.", code, request_id: "1" }), {
    status,
    headers: { "Content-Type": "application/json", "Retry-After": "0" },
  });

const busy = () => refusal(503, "database_unavailable");

/** Answers requests to a route in place of the API, one after the other, as long as there are answers. */
const meeting =
  (route: string, answers: ((request: Request) => Promise<Response> | Response)[]): Fetch =>
  async (request) => {
    const answer = route === `${request.method} ${new URL(request.url).pathname}` ? answers.shift() : undefined;
    return answer ? answer(request) : fetch(request);
  };

/** The API does what it is asked, and its answer is lost. */
const lost = async (request: Request): Promise<never> => {
  await fetch(request);
  throw new TypeError("Failed to fetch");
};

/** Someone who signed in, and whose access token has expired since. */
async function withExpiredToken(options: Partial<Options> = {}) {
  const someone = await personWithPassword();
  const tokens = inMemory();
  const made = client({ ...options, tokens });
  await made.loaf.signIn({ email: someone.email, password: PASSWORD });
  const long_ago = new Date(Date.now() - 86_400_000);
  const [session] = await sql<{ id: string }>(
    "select id from sessions where user_id = $1 order by created_at desc, id limit 1",
    [someone.id],
  );
  const identity = { user_id: someone.id, session_id: session?.id ?? "", email: someone.email, role: "guest" as const };
  const access_token = await issueAccessToken(settings, long_ago, identity);
  tokens.set({ access_token, refresh_token: tokens.get()?.refresh_token ?? "" });
  made.sent.length = 0;
  return { ...made, someone, tokens };
}

const pictureFile = async () => new Blob([await picture()], { type: "image/png" });

test("signs in, lists events, answers one, and signs out", async () => {
  const event_id = await event();
  const { loaf } = client();
  const { email } = await personWithPassword();
  expect(await loaf.signIn({ email, password: PASSWORD })).toMatchObject({ mfa_required: false, user: { email } });
  const { data } = await loaf.GET("/api/events", { params: { query: { limit: 5 } } });
  expect(data?.items.length).toBeGreaterThan(0);
  const answer = await loaf.POST("/api/events/{id}/rsvp", {
    params: { path: { id: event_id } },
    body: { rsvp_status: "yes" },
  });
  expect(answer.data?.rsvp_status).toBe("yes");
  await loaf.signOut();
  expect((await loaf.GET("/api/auth/me")).error?.code).toBe("not_signed_in");
});

test("signs in with the code of a second factor", async () => {
  const { id, email, secret } = await enrolled();
  await sql("update users set password_hash = (select password_hash from users where id = $2) where id = $1", [
    id,
    (await personWithPassword()).id,
  ]);
  const { loaf } = client();
  const answer = await loaf.signIn({ email, password: PASSWORD });
  if (!answer.mfa_required) throw new Error("No code was asked for");
  await loaf.signInWithCode({ mfa_token: answer.mfa_token, code: codeOf(secret) });
  expect((await loaf.GET("/api/auth/me")).data?.email).toBe(email);
});

test("refreshes an expired token once for all requests that wait, and sends them again", async () => {
  const { loaf, sent, someone } = await withExpiredToken();
  const answers = await Promise.all([1, 2, 3, 4].map(() => loaf.GET("/api/auth/me")));
  expect(answers.map(({ data }) => data?.email)).toEqual(Array(4).fill(someone.email));
  expect(sent.filter((line) => line === "POST /api/auth/refresh")).toHaveLength(1);
});

test("sends the body of a POST again after the refresh", async () => {
  const event_id = await event();
  const { loaf } = await withExpiredToken();
  const { data } = await loaf.POST("/api/events/{id}/rsvp", {
    params: { path: { id: event_id } },
    body: { rsvp_status: "maybe" },
  });
  expect(data?.rsvp_status).toBe("maybe");
});

test("says when the session has ended, and forgets the tokens", async () => {
  const onSignedOut = vi.fn();
  const { tokens, someone } = await withExpiredToken();
  const { loaf } = client({ tokens, onSignedOut });
  await sql("update sessions set revoked_at = now(), revoked_reason = 'logout' where user_id = $1", [someone.id]);
  expect((await loaf.GET("/api/auth/me")).error?.code).toBe("session_ended");
  expect(onSignedOut).toHaveBeenCalledTimes(1);
  expect(tokens.get()).toBeNull();
});

test("forgets tokens that the API does not know, and says that nobody is signed in", async () => {
  const onSignedOut = vi.fn();
  const tokens = inMemory();
  tokens.set({ access_token: "not.a.token", refresh_token: "nothing" });
  const { loaf } = client({ tokens, onSignedOut });
  expect((await loaf.GET("/api/auth/me")).error?.code).toBe("invalid_token");
  expect(onSignedOut).toHaveBeenCalledTimes(1);
  expect(tokens.get()).toBeNull();
});

test("forgets the tokens on signing out, even if the API cannot be reached", async () => {
  const tokens = inMemory();
  tokens.set({ access_token: "one", refresh_token: "two" });
  const { loaf } = client({ tokens, fetch: () => Promise.reject(new TypeError("Failed to fetch")) });
  await expect(loaf.signOut()).rejects.toThrow("Failed to fetch");
  expect(tokens.get()).toBeNull();
});

describe("a refresh that does not work just now", () => {
  test("is tried again at once when its answer is lost, and nobody is signed out", async () => {
    const { loaf, sent, someone } = await withExpiredToken({ fetch: meeting(REFRESH, [lost]) });
    expect((await loaf.GET("/api/auth/me")).data?.email).toBe(someone.email);
    expect(sent.filter((line) => line === REFRESH)).toHaveLength(2);
  });

  test("is given to all requests that wait as the answer that it got, with how long to wait", async () => {
    const onSignedOut = vi.fn();
    const limited = () => refusal(429, "too_many_requests");
    const { loaf, tokens } = await withExpiredToken({ fetch: meeting(REFRESH, [limited, limited]), onSignedOut });
    const answers = await Promise.all([loaf.GET("/api/auth/me"), loaf.GET("/api/members/profile")]);
    for (const { error, response } of answers) {
      expect([response.status, error?.code]).toEqual([429, "too_many_requests"]);
      expect(response.headers.get("Retry-After")).toBe("0");
    }
    expect(onSignedOut).not.toHaveBeenCalled();
    expect(tokens.get()).not.toBeNull();
  });

  test("is tried again with a GET, after a 503 even when it was tried twice", async () => {
    const { loaf, someone } = await withExpiredToken({ fetch: meeting(REFRESH, [busy, busy]) });
    expect((await loaf.GET("/api/auth/me")).data?.email).toBe(someone.email);
  });

  test("leaves a POST with the 503, and the person signed in", async () => {
    const { loaf, tokens } = await withExpiredToken({ fetch: meeting(REFRESH, [busy, busy]) });
    const { error, response } = await loaf.POST("/api/events/{id}/rsvp", {
      params: { path: { id: crypto.randomUUID() } },
      body: { rsvp_status: "yes" },
    });
    expect([response.status, error?.code]).toEqual([503, "database_unavailable"]);
    expect(tokens.get()).not.toBeNull();
  });
});

test("says that a session lives on if the API did not end it, and forgets the tokens", async () => {
  const { loaf, tokens, someone } = await withExpiredToken({ fetch: meeting("POST /api/auth/logout", [busy, busy]) });
  await loaf.GET("/api/auth/me");
  await expect(loaf.signOut()).rejects.toMatchObject({ status: 503, problem: { code: "database_unavailable" } });
  expect(tokens.get()).toBeNull();
  expect(await sql("select from sessions where user_id = $1 and revoked_at is not null", [someone.id])).toEqual([]);
});

test("signs out of a session that has ended before", async () => {
  const { loaf, tokens, someone } = await withExpiredToken();
  await sql("update sessions set revoked_at = now(), revoked_reason = 'logout' where user_id = $1", [someone.id]);
  await loaf.signOut();
  expect(tokens.get()).toBeNull();
});

test("sends a GET again after a 503, and a POST once", async () => {
  const twice = client({ fetch: meeting("GET /health", [busy, busy]) });
  expect((await twice.loaf.GET("/health")).data).toBeDefined();
  expect(twice.sent).toHaveLength(3);
  const once = client({ fetch: meeting("POST /api/auth/forgot-password", [busy]) });
  const { error } = await once.loaf.POST("/api/auth/forgot-password", { body: { email: "nobody@example.org" } });
  expect(error?.code).toBe("database_unavailable");
});

test("sends a change again after a 503 only if it may be done twice", async () => {
  const member = await withExpiredToken({ fetch: meeting("PUT /api/members/privacy", [busy]) });
  const { data } = await member.loaf.PUT("/api/members/privacy", { body: { in_directory: false } });
  expect(data).toMatchObject({ in_directory: false });

  const id = crypto.randomUUID();
  const volunteer = client({ fetch: meeting(`PUT /api/admin/users/${id}/approve`, [busy]) });
  const { error } = await volunteer.loaf.PUT("/api/admin/users/{id}/approve", { params: { path: { id } } });
  expect(error?.code).toBe("database_unavailable");
  expect(volunteer.sent).toHaveLength(1);
});

test("uploads a photo, after a refresh too, and throws a refusal", async () => {
  const { loaf } = await withExpiredToken();
  const { profile_photo_url } = await loaf.upload("/api/members/profile/upload-photo", await pictureFile());
  expect(profile_photo_url).toContain("/api/photos/");
  const refused = loaf.upload("/api/members/profile/upload-photo", new Blob(["no picture"], { type: "image/png" }));
  await expect(refused).rejects.toThrow(LoafError);
  await expect(refused).rejects.toMatchObject({ status: 415, problem: { code: "not_an_image" } });
});

test("downloads an export with its name, after a refresh too, and throws a refusal", async () => {
  const { loaf, someone } = await withExpiredToken();
  const path = "/api/admin/users/export";
  await expect(loaf.download(path)).rejects.toMatchObject({ status: 403, problem: { code: "permission_missing" } });
  await give(someone.id, await role(["users.export"]));
  const { file, name } = await loaf.download(path, { params: { query: { search: someone.email, headers: "human" } } });
  expect(name).toMatch(/\.csv$/);
  expect(await file.text()).toContain(someone.email);
  expect((await file.text()).trim().split("\n")).toHaveLength(2);
});

test("downloads a giving statement as a PDF", async () => {
  const { loaf, someone } = await withExpiredToken();
  await donation(someone, { paid_at: "2025-03-01T12:00:00.000Z" });
  const { file, name } = await loaf.download("/api/members/donations/statement/{year}", {
    params: { path: { year: "2025" } },
  });
  expect([name, file.type]).toEqual(["giving-statement-2025.pdf", "application/pdf"]);
  expect(await file.slice(0, 5).text()).toBe("%PDF-");
});

test("in a browser, says how much of an upload has been sent", async () => {
  vi.stubGlobal("XMLHttpRequest", BrowserLike);
  const { loaf } = await withExpiredToken();
  const progress: number[] = [];
  const onProgress = ({ sent_bytes, total_bytes }: { sent_bytes: number; total_bytes: number }) =>
    progress.push(sent_bytes / total_bytes);
  const answer = await loaf.upload("/api/members/profile/upload-photo", await pictureFile(), { onProgress });
  expect(answer.profile_photo_url).toContain("/api/photos/");
  // The first attempt meets an expired token.
  expect(progress).toEqual([0.5, 1, 0.5, 1]);
});

/** As much of a browser's XMLHttpRequest as the client uses. Node has none. */
class BrowserLike {
  #address = "";
  readonly #headers: Record<string, string> = {};
  #answer = new Headers();
  status = 0;
  responseText = "";
  readonly upload: { onprogress?: (sent: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;

  open(_method: string, url: string): void {
    this.#address = url;
  }
  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }
  getAllResponseHeaders(): string {
    return [...this.#answer].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  }
  send(body: FormData): void {
    this.upload.onprogress?.({ loaded: 50, total: 100 });
    fetch(this.#address, { method: "POST", headers: this.#headers, body })
      .then(async (answer) => {
        this.upload.onprogress?.({ loaded: 100, total: 100 });
        this.status = answer.status;
        this.#answer = answer.headers;
        this.responseText = await answer.text();
        this.onload?.();
      })
      .catch(() => this.onerror?.());
  }
}
