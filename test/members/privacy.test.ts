import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { get, logged, put } from "../harness/client.ts";
import { note } from "../harness/notes.ts";
import { type Person, person, volunteer } from "../harness/people.ts";

const AUDIENCES = ["members", "admins", "nobody"] as const;
type Audience = (typeof AUDIENCES)[number];

/** The settings, and the fields of the profile that each one covers. */
const PARTS = {
  phone_audience: ["phone"],
  address_audience: ["address"],
  bio_audience: ["bio"],
  partner_audience: ["partner_first_name", "partner_last_name"],
} as const;
const audiencesOf = fc.record(
  Object.fromEntries(Object.keys(PARTS).map((setting) => [setting, fc.constantFrom(...AUDIENCES)])),
) as fc.Arbitrary<Record<keyof typeof PARTS, Audience>>;
const FIELDS = Object.values(PARTS).flat();

/** A person whose every hideable field holds a word that is nowhere else. */
async function somebody(): Promise<{ someone: Person; words: Record<string, string> }> {
  const words = Object.fromEntries(FIELDS.map((field) => [field, `w${crypto.randomUUID().slice(0, 13)}`]));
  return { someone: await person("active", { ...words, last_name: `n${crypto.randomUUID().slice(0, 13)}` }), words };
}

const nameOf = async (someone: Person) =>
  (await get<{ last_name: string }>("/api/members/profile", someone)).body.last_name;

describe.concurrent("who sees what of a person", () => {
  test("by default the directory has nothing, and volunteers see phone and partner", async () => {
    const { someone, words } = await somebody();
    const [member, admin] = await Promise.all([person(), volunteer("users.view")]);
    expect((await get(`/api/directory/${someone.id}`, member)).status).toBe(404);
    const { body } = await get<Record<string, unknown>>(`/api/admin/users/${someone.id}`, admin);
    const { phone, partner_first_name, partner_last_name } = words;
    expect(body).toMatchObject({
      phone,
      partner_first_name,
      partner_last_name,
      address: null,
      bio: null,
      birthday: null,
    });
  });

  test("a hidden value is in no answer that this viewer gets, whatever the settings", async () => {
    const { someone, words } = await somebody();
    const last_name = await nameOf(someone);
    const [member, admin] = await Promise.all([person(), volunteer("users.view")]);
    await fc.assert(
      fc.asyncProperty(audiencesOf, fc.boolean(), async (settings, in_directory) => {
        expect((await put("/api/members/privacy", { ...settings, in_directory }, someone)).status).toBe(200);
        const seen = {
          members: [
            (await get(`/api/directory/${someone.id}`, member)).text,
            (await get(`/api/directory?search=${last_name}`, member)).text,
          ].join(),
          volunteers: [
            (await get(`/api/admin/users/${someone.id}`, admin)).text,
            (await get(`/api/admin/users?search=${last_name}`, admin)).text,
          ].join(),
        };
        for (const [setting, fields] of Object.entries(PARTS) as [keyof typeof PARTS, readonly string[]][])
          for (const field of fields) {
            const audience = settings[setting];
            const word = words[field] ?? "";
            expect([field, audience, seen.members.includes(word)]).toEqual([
              field,
              audience,
              in_directory && audience === "members",
            ]);
            expect([field, audience, seen.volunteers.includes(word)]).toEqual([field, audience, audience !== "nobody"]);
          }
        expect(seen.members.includes(last_name)).toBe(in_directory);
      }),
      { numRuns: 25 },
    );
  });

  test("what is hidden or sealed is in no body, header or log line of any endpoint that shows people", async () => {
    const { someone, words } = await somebody();
    const last_name = await nameOf(someone);
    const sealed = [`l${crypto.randomUUID()}`, `s${crypto.randomUUID()}`] as const;
    await put("/api/members/profile", { legal_name: sealed[0] }, someone);
    await note(someone, { body: sealed[1], sensitive: true });
    const [member, viewer, nearly_all, trusted] = await Promise.all([
      person(),
      volunteer("users.view"),
      volunteer(...ALL_PERMISSIONS.filter((permission) => permission !== "users.view_sensitive")),
      volunteer("users.view", "users.view_sensitive"),
    ]);
    const one = `/api/admin/users/${someone.id}`;
    const sorts = ["newest", "oldest", "name", "joined", "updated", "waiting"];
    const for_volunteers = [
      one,
      `${one}/notes`,
      `${one}/twins`,
      `${one}/sensitive`,
      ...sorts.map((sort) => `/api/admin/users?search=${last_name}&sort=${sort}`),
      `/api/admin/audit-log?subject_id=${someone.id}`,
    ];
    const for_members = [`/api/directory/${someone.id}`, `/api/directory?search=${last_name}`];
    /** All that a viewer gets to see, and what we log of it. */
    const seenBy = async (reader: Person, paths: string[]) => {
      const answers = await Promise.all(paths.map((path) => get(path, reader)));
      return answers
        .map(({ text, headers, request_id }) => [text, JSON.stringify([...headers]), ...logged(request_id)].join())
        .join();
    };
    await fc.assert(
      fc.asyncProperty(audiencesOf, async (settings) => {
        await put("/api/members/privacy", { ...settings, in_directory: true }, someone);
        const seen = {
          member: await seenBy(member, for_members),
          viewer: await seenBy(viewer, for_volunteers),
          nearly_all: await seenBy(nearly_all, [...for_volunteers, ...for_members]),
        };
        for (const [reader, all] of Object.entries(seen)) {
          for (const secret of sealed) expect([reader, all.includes(secret)]).toEqual([reader, false]);
          for (const [setting, fields] of Object.entries(PARTS) as [keyof typeof PARTS, readonly string[]][])
            for (const field of fields) {
              const shown = settings[setting] === "members" || (reader !== "member" && settings[setting] === "admins");
              expect([reader, field, all.includes(words[field] ?? "")]).toEqual([reader, field, shown]);
            }
        }
      }),
      { numRuns: 10 },
    );
    const full = await seenBy(trusted, [`${one}/sensitive`, `${one}/notes`]);
    for (const secret of [...Object.values(words), ...sealed]) expect(full).toContain(secret);
  });

  test("no search or filter of volunteers finds somebody by what they hide or show", async () => {
    const { someone, words } = await somebody();
    const viewer = await volunteer("users.view");
    for (const word of Object.values(words)) {
      const { body } = await get<{ items: unknown[]; total: number; counts: object }>(
        `/api/admin/users?search=${word}`,
        viewer,
      );
      expect(body).toMatchObject({ items: [], total: 0 });
      expect(new Set(Object.values(body.counts))).toEqual(new Set([0]));
    }
    const found = await get<{ total: number }>(`/api/admin/users?search=${await nameOf(someone)}`, viewer);
    expect(found.body.total).toBe(1);
  });

  test("no search finds somebody by what they hide or show: only by name", async () => {
    const { someone, words } = await somebody();
    const member = await person();
    const everything = Object.fromEntries(Object.keys(PARTS).map((setting) => [setting, "members"]));
    await put("/api/members/privacy", { ...everything, email_audience: "members", in_directory: true }, someone);
    for (const word of [...Object.values(words), someone.email]) {
      const { body } = await get<{ items: unknown[] }>(`/api/directory?search=${word}`, member);
      expect(body.items).toEqual([]);
    }
    const found = await get<{ items: object[] }>(`/api/directory?search=${await nameOf(someone)}`, member);
    expect(found.body.items).toEqual([expect.objectContaining({ ...words, email: someone.email })]);
  });

  test("the legal name is in no answer but mine", async () => {
    const legal_name = `l${crypto.randomUUID()}`;
    const { someone } = await somebody();
    await put("/api/members/profile", { legal_name }, someone);
    await put("/api/members/privacy", { in_directory: true }, someone);
    const [member, admin] = await Promise.all([person(), volunteer("users.view")]);
    const last_name = await nameOf(someone);
    for (const [path, viewer] of [
      [`/api/directory/${someone.id}`, member],
      [`/api/directory?search=${last_name}`, member],
      [`/api/admin/users/${someone.id}`, admin],
      [`/api/admin/users?search=${last_name}`, admin],
    ] as const) {
      const { status, text } = await get(path, viewer);
      expect(status).toBe(200);
      expect(text).not.toContain(legal_name);
    }
    expect((await get<{ items: unknown[] }>(`/api/admin/users?search=${legal_name}`, admin)).body.items).toEqual([]);
    expect((await get("/api/members/profile", someone)).text).toContain(legal_name);
  });

  test("the directory has active members alone, by name, and is open to them alone", async () => {
    const word = `d${crypto.randomUUID().slice(0, 8)}`;
    const make = (status: "active" | "inactive", first_name: string) =>
      person(status, { first_name, last_name: word, in_directory: true });
    await Promise.all([
      make("active", "Zoe"),
      make("active", "Álvaro"),
      make("inactive", "Gone"),
      make("active", "Ben"),
    ]);
    const { body } = await get<{ items: { first_name: string }[] }>(`/api/directory?search=${word}`, await person());
    expect(body.items.map(({ first_name }) => first_name)).toEqual(["Álvaro", "Ben", "Zoe"]);
    expect((await get("/api/directory", await person("payment_pending"))).status).toBe(403);
  });
});
