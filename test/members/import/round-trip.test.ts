import { expect, test } from "vitest";
import { importing } from "../../harness/imports.ts";
import { ownPlatform } from "../../harness/own-platform.ts";

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

const desk = async (platform: Platform) =>
  importing({ url: platform.url, token: (await platform.volunteer("users.import", "users.export")).token });

/** The people whose last name is this, as a file. */
const fileOf = async (on: Awaited<ReturnType<typeof desk>>, name: string) =>
  (await on.ask("GET", `/users/export?search=${name}`)).text;

async function oddPeople({ insert, sql }: Platform, last_name: string): Promise<void> {
  const odd = [
    "=1+1",
    "+1",
    "-2",
    "@SUM(A1)",
    "x;=1+1",
    'x;"=1";y',
    "x\n=1",
    'quote " and, comma',
    "Ünïcödé",
    "'quoted'",
    "two\r\nlines",
  ];
  for (const [index, text] of odd.entries()) {
    const line = text.replaceAll(/[\r\n]/g, " ");
    const id = await insert("users", {
      external_id: index % 2 === 0 ? `ext-${index}` : null,
      email: index % 3 === 0 ? null : `odd-${index}@example.org`,
      origin: "import",
      first_name: line,
      last_name,
      pronouns: line,
      phone: "+12125550123;ext=12",
      address: text,
      address_audience: "members",
      birthday: "1990-02-03",
      birthday_audience: "admins",
      bio: text,
      bio_audience: "members",
      partner_first_name: line,
      partner_is_member: index % 2 === 0,
      referred_by: line,
      status: index % 2 === 0 ? "active" : "pre_validated",
      joined_at: new Date(Date.UTC(2020, 1, 3, 4, 5, index, 123)),
      newsletter_consent_at: index % 2 === 0 ? "2021-02-03T04:05:06.789Z" : null,
      language: index % 2 === 0 ? "es" : "en",
      time_zone: index % 2 === 0 ? "Europe/Madrid" : null,
      photo_preference: index % 2 === 0 ? "public" : "none",
    });
    await sql("insert into user_tags (user_id, tag) values ($1, 'board'), ($1, 'choir')", [id]);
  }
}

test("what an export writes imports again without change, here and on an empty platform, and exports the same bytes", async () => {
  const [here, elsewhere] = [await ownPlatform(), await ownPlatform()];
  await oddPeople(here, "Roundtrip");
  const [ours, theirs] = [await desk(here), await desk(elsewhere)];
  const file = await fileOf(ours, "Roundtrip");
  const again = await ours.dryRun(file);
  expect(await ours.rows(again.id)).toEqual(
    Array.from({ length: 11 }, () => expect.objectContaining({ outcome: "unchanged", problems: [], warnings: [] })),
  );
  await ours.ask("POST", `/import-jobs/${again.id}/apply`);
  await ours.until(again.id, { status: "completed", updated_people: 0 });
  expect(await fileOf(ours, "Roundtrip")).toBe(file);

  const moved = await theirs.all(file);
  expect(moved).toMatchObject({ created_people: 11, failed_rows: 0 });
  expect(await fileOf(theirs, "Roundtrip")).toBe(file);
});
