import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import type { Route } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { call, get, put } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { donation } from "../harness/giving.ts";
import { importing } from "../harness/imports.ts";
import { untilMails } from "../harness/mailbox.ts";
import { note } from "../harness/notes.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { fileRow } from "../harness/photos.ts";
import { insert, sql, worker } from "../harness/platform.ts";
import { offlineMember } from "../harness/subscriptions.ts";
import { zoneAt } from "../harness/zones.ts";
import { exampleOf } from "./examples.ts";

const AUDIENCES = ["members", "admins", "nobody"] as const;
const PARTS = {
  phone_audience: ["phone"],
  address_audience: ["address"],
  birthday_audience: ["birthday"],
  bio_audience: ["bio"],
  partner_audience: ["partner_first_name", "partner_last_name"],
  photo_audience: ["photo"],
} as const;
type Setting = keyof typeof PARTS;
/** Volunteers always see email addresses. */
const EMAIL_AUDIENCES = ["members", "admins"] as const;
const settingsOf = fc.record({
  ...Object.fromEntries(Object.keys(PARTS).map((setting) => [setting, fc.constantFrom(...AUDIENCES)])),
  email_audience: fc.constantFrom(...EMAIL_AUDIENCES),
}) as fc.Arbitrary<Record<Setting, (typeof AUDIENCES)[number]> & { email_audience: (typeof EMAIL_AUDIENCES)[number] }>;

/** A word that is nowhere else. */
const word = () => `w${crypto.randomUUID().slice(0, 13)}`;

/** A day that nobody else was born on. */
const anyBirthday = () => new Date(Date.UTC(1900, 0, 1 + Math.floor(Math.random() * 9000))).toISOString().slice(0, 10);

/** Somebody with a row in everything that shows people, and with a different word in every field that can be hidden. */
async function somebody() {
  const words = Object.fromEntries(
    Object.values(PARTS)
      .flat()
      .map((field) => [field, field === "birthday" ? anyBirthday() : word()]),
  );
  // The links to a photo name its key.
  const { photo = "", ...columns } = words;
  const { id: photo_id } = await fileRow("profile_photo", `profile_photo/${photo}`, "image/webp");
  const sealed = { legal_name: word(), note: word() };
  const name = word();
  const someone = await person("active", {
    ...columns,
    photo_id,
    last_name: name,
    legal_name: sealed.legal_name,
    name_on_documents: "legal",
    in_directory: true,
  });
  await note(someone, { body: sealed.note, sensitive: true });
  const event_id = await event({ title: name });
  await insert("event_rsvps", { event_id, user_id: someone.id, rsvp_status: "yes", show_name: true });
  const { donation_id } = await donation(someone);
  const { subscription_id } = await offlineMember({ member: someone });
  await insert("vouchings", { applicant_id: someone.id, member_id: (await person()).id });
  return { someone, name, words, sealed, event_id, donation_id, subscription_id };
}
type Somebody = Awaited<ReturnType<typeof somebody>>;

/** A file that speaks of somebody and says what they hide, uploaded by a volunteer who may see that. */
async function importOf({ someone, words, sealed, name }: Somebody): Promise<string> {
  const uploader = await volunteer("users.import", "users.view_sensitive");
  const { dryRun } = importing({ token: uploader.token });
  const { photo: _, ...cells } = words;
  const header = ["id", "first_name", "last_name", "legal_name", "status", ...Object.keys(cells)];
  const row = [someone.id, "Robin", name, sealed.legal_name, "", ...Object.values(cells)];
  const problem = ["", "", name, sealed.legal_name, "no such status", ...Object.values(cells)];
  return (await dryRun([header, row, problem].map((cells) => cells.join(",")).join("\r\n"))).id;
}

const reads = routes.filter(({ method, changes }) => method === "get" && !changes);

/** Where a route shows this person: their own path, or the list with their name. */
async function pathTo(route: Route, about: Somebody, job_id: string): Promise<string> {
  const subjects: [prefix: string, id: string][] = [
    ["/api/admin/users/{id}", about.someone.id],
    ["/api/directory/{id}", about.someone.id],
    ["/api/admin/events/{id}", about.event_id],
    ["/api/events/{id}", about.event_id],
    ["/api/admin/donations/{id}", about.donation_id],
    ["/api/admin/subscriptions/{id}", about.subscription_id],
    ["/api/admin/import-jobs/{id}", job_id],
  ];
  const subject = subjects.find(([prefix]) => route.path.startsWith(prefix));
  const year = String(new Date().getUTCFullYear());
  const path = route.path.replace("{id}", subject?.[1] ?? "{id}").replace("{year}", year);
  const names = Object.keys(route.request?.query?.shape ?? {});
  if (path.includes("{") || names.includes("token") || names.includes("donor_email"))
    return (await exampleOf(route)).path;
  const asked = new URLSearchParams();
  if (names.includes("search")) asked.set("search", about.name);
  else if (names.includes("user_id")) asked.set("user_id", about.someone.id);
  if (names.includes("limit")) asked.set("limit", "100");
  if (names.includes("subject_id")) asked.set("subject_id", about.someone.id);
  if (names.includes("from") && names.includes("to")) {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    asked.set("from", day(-2));
    asked.set("to", day(2));
  }
  return `${path}?${asked}`;
}

/** Everything that the Worker answers to somebody who looks everywhere: bodies, files and headers. */
async function everythingFor(reader: Person, paths: Record<string, string>): Promise<Record<string, string>> {
  const answers = await Promise.all(
    Object.entries(paths).map(async ([route, path]) => {
      const { text, headers } = await get(path, { token: reader.token });
      return [route, `${text} ${JSON.stringify([...headers])}`] as const;
    }),
  );
  return Object.fromEntries(answers);
}

/** Where a word is. */
const placesOf = (text: string, seen: Record<string, string>) =>
  Object.entries(seen).flatMap(([place, content]) => (content.includes(text) ? [place] : []));

const CSV_FILES = [
  "/api/admin/users/export",
  "/api/admin/donations/export",
  "/api/admin/subscriptions/export",
  "/api/admin/ledger/export",
  "/api/admin/events/{id}/export",
  "/api/admin/import-jobs/{id}/problems.csv",
];

describe("what somebody hides", () => {
  test("is in no body, header, file or line of the log, whatever anybody reads who may not see it", async () => {
    const about = await somebody();
    const job_id = await importOf(about);
    const paths = Object.fromEntries(
      await Promise.all(reads.map(async (route) => [route.path, await pathTo(route, about, job_id)] as const)),
    );
    const [member, viewer, nearly_all] = await Promise.all([
      person(),
      volunteer("users.view", "users.export"),
      volunteer(...ALL_PERMISSIONS.filter((permission) => permission !== "users.view_sensitive")),
    ]);
    await fc.assert(
      fc.asyncProperty(settingsOf, async (settings) => {
        await put("/api/members/privacy", { ...settings, in_directory: true }, about.someone);
        for (const [reader, is_volunteer] of [
          [member, false],
          [viewer, true],
          [nearly_all, true],
        ] as const) {
          const seen = await everythingFor(reader, paths);
          for (const secret of Object.values(about.sealed)) expect(placesOf(secret, seen)).toEqual([]);
          for (const [setting, fields] of Object.entries(PARTS) as [Setting, readonly string[]][])
            for (const field of fields) {
              const shown = settings[setting] === "members" || (is_volunteer && settings[setting] === "admins");
              const places = placesOf(about.words[field] ?? "", seen);
              if (!shown) expect([field, places]).toEqual([field, []]);
              else if (!is_volunteer) expect(places).toContain("/api/directory/{id}");
              else expect(places).toContain(field === "photo" ? "/api/admin/users/{id}" : "/api/admin/users/export");
            }
          if (!is_volunteer) {
            const places = placesOf(about.someone.email, seen);
            if (settings.email_audience === "members") expect(places).toContain("/api/directory/{id}");
            else expect(places).toEqual([]);
          }
          // The files speak of them: it is the hidden part that is left out.
          if (reader === nearly_all)
            for (const file of CSV_FILES)
              expect([file, placesOf(about.name, seen).includes(file)]).toEqual([file, true]);
        }
      }),
      {
        numRuns: 3,
        examples: [
          [
            {
              phone_audience: "nobody",
              address_audience: "nobody",
              birthday_audience: "nobody",
              bio_audience: "nobody",
              partner_audience: "nobody",
              photo_audience: "nobody",
              email_audience: "admins",
            },
          ],
        ],
      },
    );
    const log = worker.logs.map(({ message }) => message).join();
    for (const text of [about.name, ...Object.values(about.words), ...Object.values(about.sealed)])
      expect(placesOf(text, { log })).toEqual([]);
  });

  test("is in no mail and no line of the log, whatever people do with their record", async () => {
    const about = await somebody();
    const { someone, words, sealed, name } = about;
    const hidden = Object.fromEntries(Object.keys(PARTS).map((setting) => [setting, "nobody"]));
    await put("/api/members/privacy", hidden, someone);
    await sql(
      "update users set status = 'pending_validation', name_on_documents = 'shown', referred_by = 'Robin', time_zone = $2 where id = $1",
      [someone.id, zoneAt(12)],
    );
    const [desk, friend] = [await volunteer(...ALL_PERMISSIONS), await person("active", { last_name: name })];
    const by = { token: desk.token };
    const record = `/api/admin/users/${someone.id}`;
    const message = { id: crypto.randomUUID(), to: ["yes"], subject: "About Sunday", body: "See you!", count: 1 };
    const steps: [method: string, path: string, body?: object][] = [
      ["POST", `${record}/take-on`],
      ["POST", `${record}/notes`, { body: sealed.note, sensitive: true }],
      ["POST", `${record}/vouchings`, { member_id: friend.id }],
      ["PUT", record, { bio: words.bio, legal_name: sealed.legal_name }],
      ["POST", `${record}/reject`, { reason: "We could not reach you." }],
      ["POST", `${record}/reconsider`],
      ["PUT", `${record}/approve`],
      ["POST", `/api/admin/events/${about.event_id}/rsvps`, { user_id: someone.id }],
      ["POST", `/api/admin/events/${about.event_id}/messages`, message],
      ["PUT", record, { email: `new.${someone.email}` }],
      ["DELETE", record],
    ];
    for (const [method, path, body] of steps) {
      const { status } = await call(method, path, { ...by, ...(body && { body }) });
      expect([method, path, status < 300]).toEqual([method, path, true]);
      // What is not sent yet goes when the person is reconsidered.
      if (path.endsWith("/reject"))
        await vi.waitFor(
          async () =>
            expect(
              await sql("select status from emails where template = 'rejection' and user_id = $1", [someone.id]),
            ).toEqual([{ status: "sent" }]),
          { timeout: 10_000 },
        );
    }
    // Refused, and logged as such.
    await put("/api/members/profile", { ...words, phone: words.phone, birthday: words.bio }, someone);
    await get(`/api/directory?search=${words.bio}`, someone);
    const mails = await vi.waitFor(async () => {
      const rows = await sql<{ template: string; to_email: string; status: string; content: string }>(
        "select template, to_email, status, e::text as content from emails e where user_id = any($1) or data::text like $2",
        [[someone.id, friend.id], `%${name}%`],
      );
      expect(rows.map(({ status }) => status).filter((status) => status !== "sent")).toEqual([]);
      return rows;
    }, 10_000);
    const templates = new Set(mails.map(({ template }) => template));
    for (const template of ["vouching", "approval", "rejection", "reconsidered", "erasure_requested"])
      expect([...templates]).toContain(template);
    const delivered = await Promise.all(
      [...new Set(mails.map(({ to_email }) => to_email))].map((address) => untilMails(address)),
    );
    const seen = {
      outbox: mails.map(({ content }) => content).join(),
      mails: JSON.stringify(delivered),
      log: worker.logs.map(({ message }) => message).join(),
    };
    expect(placesOf(name, seen)).toEqual(["outbox", "mails"]);
    for (const secret of [...Object.values(words), ...Object.values(sealed)])
      expect(placesOf(secret, seen)).toEqual([]);
  });
});
