import { expect, test } from "vitest";
import { get } from "../harness/client.ts";
import { person, volunteer } from "../harness/people.ts";
import { opened } from "./spreadsheet.ts";

const TYPED = ["=1+1", "+1", "-2+3", "@SUM(1)", "x;=1+1", "Ünïcödé Ñandú 김민준", 'O’Neill; "quoted", and more'];

test.each([
  ["as it suggests", undefined],
  ["looking for more than ISO dates", { special_numbers: true }],
  ["with cells separated by semicolons", { separator: ";", locale: "de-DE" }],
] as const)(
  "LibreOffice opens an export of people %s: nothing is a formula, and accents are right where UTF-8 is named",
  async (_, reading) => {
    const word = `w${crypto.randomUUID().replaceAll("-", "")}`;
    for (const text of TYPED)
      await person("active", {
        first_name: text,
        last_name: word,
        pronouns: text,
        address: `${text}\n=1+1`,
        address_audience: "members",
        phone: "+12125550123",
      });
    const { text } = await get(
      `/api/admin/users/export?search=${word}&headers=human&bom=1`,
      await volunteer("users.export"),
    );
    const { people = [] } = await opened({ people: text }, reading);
    expect(people.flat().filter(({ formula }) => formula !== undefined)).toEqual([]);
    // Without its dialog and without a reading, LibreOffice takes Windows-1252, whatever mark the file begins with.
    if (!reading || "separator" in reading) return;
    const at = people[0]?.findIndex(({ value }) => value === "First name") ?? -1;
    const names = people.slice(1).map((row) => row[at]?.value);
    expect(names.map((name) => name?.replace(/^'/, "").replace(";'=", ";=")).sort()).toEqual([...TYPED].sort());
  },
);
