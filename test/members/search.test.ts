import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { get } from "../harness/client.ts";
import { donation } from "../harness/giving.ts";
import type { Page } from "../harness/pages.ts";
import { anyEmail, type Person, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { offlineMember } from "../harness/subscriptions.ts";

/** First and last names, as people write them. */
const NAMES: [string, string][] = [
  ["José", "Núñez-Ibáñez"],
  ["Zoë", "O’Neill"],
  ["Søren", "Kierkegård"],
  ["Łukasz", "Żółć"],
  ["Đorđe", "Šešelj"],
  ["Ingeborg", "Weiß"],
  ["İbrahim", "Çelik Yıldız"],
  ["Ádám", "Őry"],
  ["Þóra", "Æsdóttir"],
  ["Γιώργος", "Παπαδόπουλος"],
  ["Οδυσσεύς", "Ἀχιλλέως"],
  ["Пётр", "Йовчев"],
  ["שָׁלוֹם", "כֹּהֵן"],
  ["مُحَمَّد", "أحمد"],
  ["김", "민준"],
  ["ガブリエル", "たかはし"],
  ["太郎", "山田"],
  ["Mei", "王"],
  ["Nguyễn", "Thị Ánh Đào"],
  ["Anne‐Marie", "d'Arc"],
  ["Sean", "O`Brien-Smith"],
  ["Maeve", "O\u00b4Brien"],
];

/** Scripts in which a mark on a letter makes another letter, or is part of it. */
const KEEPS_MARKS = /\p{Script=Katakana}|\p{Script=Hiragana}|\p{Script=Hangul}/u;

const withoutMarks = (text: string) =>
  KEEPS_MARKS.test(text) ? text : text.normalize("NFD").replaceAll(/\p{M}/gu, "").normalize("NFC");

const MAY_LACK_SPACE = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul} ]+$/u;

/** The ways in which people type the same letters. */
const TYPED: Record<string, (text: string) => string> = {
  "as it is": (text) => text,
  "in capitals": (text) => text.toUpperCase(),
  "in small letters": (text) => text.toLowerCase(),
  composed: (text) => text.normalize("NFC"),
  decomposed: (text) => text.normalize("NFD"),
  "without accents": withoutMarks,
  "with the quotes of a keyboard": (text) => text.replaceAll(/[’`]/g, "'").replaceAll("‐", "-"),
  "with the quotes of a book": (text) => text.replaceAll("'", "’"),
};

const typed = fc.array(fc.constantFrom(...Object.keys(TYPED)), { maxLength: 3 });
const written = (text: string, ways: string[]) => ways.reduce((so_far, way) => TYPED[way]?.(so_far) ?? so_far, text);

let viewer: Person;
const everybody: Person[] = [];
/** In the address of everybody here, and nowhere else. */
const mark = crypto.randomUUID().slice(0, 13);

beforeAll(async () => {
  viewer = await volunteer("users.view", "subscriptions.view", "donations.view", "permissions.view");
  for (const [first_name, last_name] of NAMES)
    everybody.push(
      await person("active", { first_name, last_name, email: `${crypto.randomUUID()}.${mark}@example.org` }),
    );
});

const found = async (path: string, search: string) =>
  (await get<Page<{ id: string }>>(`${path}?${new URLSearchParams({ search, limit: "100" })}`, viewer)).body.items.map(
    ({ id }) => id,
  );

describe.concurrent("whoever has a name is found by it", () => {
  test("however it is typed, in either order, with or without a comma, and by any part of a word", async () => {
    const letters = new Intl.Segmenter("und", { granularity: "grapheme" });
    const partOf = (word: string, from: number, length: number) => {
      const all = [...letters.segment(word.normalize("NFC"))]
        .map(({ segment }) => segment)
        // A quote alone is no word to look for.
        .filter((segment) => !/['’`´]/.test(segment));
      const start = from % all.length;
      return all.slice(start, start + 1 + (length % (all.length - start))).join("");
    };
    await fc.assert(
      fc.asyncProperty(
        fc.nat(NAMES.length - 1),
        typed,
        fc.constantFrom("first last", "last first", "last, first", "last,first", "lastfirst", "firstlast", "a part"),
        fc.nat(20),
        fc.nat(20),
        async (index, ways, order, from, length) => {
          const [first = "", last = ""] = NAMES[index] ?? [];
          const words = `${first} ${last}`.split(" ");
          fc.pre(!["lastfirst", "firstlast"].includes(order) || MAY_LACK_SPACE.test(`${first}${last}`));
          const search =
            order === "a part"
              ? partOf(words[from % words.length] ?? "", from, length)
              : order.replace("first", first).replace("last", last);
          expect(await found("/api/admin/users", `${mark} ${written(search, ways)}`)).toContain(everybody[index]?.id);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("by their whole name and address, as long as these may be", async () => {
    const last_name = "字".repeat(100);
    const someone = await person("active", { first_name: "\u{1d4d0}".repeat(50), last_name });
    expect(await found("/api/admin/users", `${last_name} ${"A".repeat(50)} ${someone.email}`)).toEqual([someone.id]);
  });

  test("and nobody else is: every word must be there, and signs are only signs", async () => {
    const search = async (text: string) => (await found("/api/admin/users", `${mark} ${text}`)).length;
    expect(await search("")).toBe(NAMES.length);
    expect(await search(" , ,, ")).toBe(NAMES.length);
    expect(await search("jose neill")).toBe(0);
    expect(await search("山田太郎")).toBe(1);
    expect(await search("山田花子")).toBe(0);
    expect(await search("王Mei")).toBe(0);
    const { token } = await volunteer("users.view");
    // A search without a word must not list everybody.
    expect((await get(`/api/admin/users?search=${encodeURIComponent(" ,, ")}`, { token })).status).toBe(400);
    for (const sign of ["%", "_", "\\", "o%neill", "o_neill", "%%", "\\%"]) expect(await search(sign)).toBe(0);
  });
});

test("every search of a list finds names in the same way", async () => {
  const word = `w${crypto.randomUUID().slice(0, 8)}`;
  const name = { first_name: "Zoë", last_name: `O’Neill-${word}`, email: anyEmail() };
  const search = `o'neill-${word.toUpperCase()}, ZOE`;

  const { subscription_id, member } = await offlineMember();
  await sql("update users set first_name = $2, last_name = $3 where id = $1", [
    member.id,
    name.first_name,
    name.last_name,
  ]);
  expect(await found("/api/admin/subscriptions", search)).toEqual([subscription_id]);

  const { donation_id } = await donation(member);
  expect(await found("/api/admin/donations", search)).toEqual([donation_id]);

  const [role] = await sql<{ id: string }>("insert into roles (code, name) values ($1, $2) returning id", [
    `test-${crypto.randomUUID()}`,
    `${name.last_name} ${name.first_name}`,
  ]);
  expect(await found("/api/admin/roles", search)).toEqual([role?.id]);
});
