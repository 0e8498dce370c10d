import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AUDIENCES } from "../../../src/tables/people.ts";
import { get } from "../../harness/client.ts";
import { anyEmail, erased, onPaper, type Person, person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

interface Twin {
  id: string;
  by: string[];
}

const viewer = await volunteer("users.view");
const trusted = await volunteer("users.view_sensitive");

const signsIn = (twins: Twin[]) => Object.fromEntries(twins.map(({ id, by }) => [id, by]));
const toldOf = async ({ id }: Pick<Person, "id">) =>
  signsIn((await get<{ items: Twin[] }>(`/api/admin/users/${id}/twins`, viewer)).body.items);
const sealedOf = async ({ id }: Pick<Person, "id">) =>
  signsIn((await get<{ twins: Twin[] }>(`/api/admin/users/${id}/sensitive`, trusted)).body.twins);

/** What one person has, and nobody else. */
function details() {
  const mark = crypto.randomUUID();
  const digits = String(Math.floor(Math.random() * 1e9)).padStart(9, "0");
  return {
    first_name: "José",
    last_name: `O’Neill-${mark}`,
    birthday: "1980-02-29",
    phone: `+44${digits}`,
    address: `12 High Street, ${mark}`,
  };
}

const OPEN = { phone_audience: "admins", address_audience: "admins", birthday_audience: "members" };

describe.concurrent("likely twins", () => {
  test("have the same name and birthday, the same phone or the same address, however it is written", async () => {
    const { phone, ...mine } = details();
    const { last_name, address, birthday } = mine;
    const one = await person("active", { ...mine, phone, ...OPEN });
    const make = (columns: object) => person("pending_validation", { ...OPEN, ...columns });
    const [namesake, caller, neighbor, all, another_day] = await Promise.all([
      make({ first_name: "JOSE", last_name: last_name.replace("’", "'"), birthday }),
      make({ phone }),
      make({ address: address.toUpperCase() }),
      make({ ...mine, phone }),
      make({ ...mine, address: null, birthday: "1980-03-01" }),
      make({ ...mine, phone, ...erased }),
    ]);
    expect(await toldOf(one)).toEqual({
      [namesake.id]: ["name_and_birthday"],
      [caller.id]: ["phone"],
      [neighbor.id]: ["address"],
      [all.id]: ["address", "name_and_birthday", "phone"],
    });
    expect(await toldOf(another_day)).toEqual({});
    expect(
      (await get<{ twins: Twin[] }>(`/api/admin/users/${caller.id}`, viewer)).body.twins.map(({ id }) => id).sort(),
    ).toEqual([one.id, all.id].sort());
  });

  test("have the same email address, where somebody on paper registers too", async () => {
    const paper = await onPaper("active", { origin: "import" });
    const { email } = paper;
    const [registered, again] = await Promise.all([
      person("pending_validation", { email, last_name: "Else" }),
      person("pending_email", { email, last_name: "Other" }),
    ]);
    expect(await toldOf(registered)).toEqual({ [paper.id]: ["email"], [again.id]: ["email"] });
    expect(await toldOf(paper)).toEqual({ [registered.id]: ["email"], [again.id]: ["email"] });
  });

  test("are told by all that volunteers entered, for people on paper, whatever the settings are", async () => {
    const mine = details();
    const [one, other] = await Promise.all([onPaper("active", mine), onPaper("pending_validation", mine)]);
    const all = ["address", "name_and_birthday", "phone"];
    expect(await toldOf(one)).toEqual({ [other.id]: all });
    // From here on, the settings hold. By default, volunteers see the phone alone.
    await sql("update users set email_verified = true where id = $1", [other.id]);
    expect(await toldOf(one)).toEqual({ [other.id]: ["phone"] });
    await sql("update users set phone_audience = 'nobody' where id = $1", [other.id]);
    expect([await toldOf(one), await toldOf(other)]).toEqual([{}, {}]);
    expect(await sealedOf(one)).toEqual({ [other.id]: all });
  });

  test("are marked in the queue, by what the person's detail shows, and only there", async () => {
    const mine = details();
    const { last_name } = mine;
    const paper = await onPaper("active", mine);
    const make = (columns: object) => person("pending_validation", { last_name, ...columns });
    const [by_email, by_phone, hiding, alone] = await Promise.all([
      make({ email: paper.email }),
      make({ phone: mine.phone }),
      make({ first_name: mine.first_name, birthday: mine.birthday, address: mine.address }),
      make({ email: anyEmail() }),
    ]);
    const { body } = await get<{ items: { id: string; has_twin: boolean | null }[] }>(
      `/api/admin/users?search=${last_name.slice(-36)}`,
      viewer,
    );
    expect(Object.fromEntries(body.items.map(({ id, has_twin }) => [id, has_twin]))).toEqual({
      [by_email.id]: true,
      [by_phone.id]: true,
      [hiding.id]: false,
      [alone.id]: false,
      [paper.id]: null,
    });
  });

  test("nobody is the twin of those who left everything empty", async () => {
    const bare = () => person("active", { first_name: "Bare", last_name: "Example", phone: null, ...OPEN });
    const [one] = await Promise.all([bare(), bare()]);
    expect(await toldOf(one as Person)).toEqual({});
    expect(await sealedOf(one as Person)).toEqual({});
  });

  test("are told by nothing that either of them hides, and all of it to those who may see sensitive details", async () => {
    const mine = details();
    const [one, other] = await Promise.all([person("active", mine), person("active", mine)]);
    const audiences = fc.record({
      phone: fc.constantFrom(...AUDIENCES),
      address: fc.constantFrom(...AUDIENCES),
      birthday: fc.constantFrom(...AUDIENCES),
    });
    const set = (id: string, { phone, address, birthday }: Record<"phone" | "address" | "birthday", string>) =>
      sql("update users set phone_audience = $2, address_audience = $3, birthday_audience = $4 where id = $1", [
        id,
        phone,
        address,
        birthday,
      ]);
    await fc.assert(
      fc.asyncProperty(audiences, audiences, async (of_one, of_other) => {
        await set(one.id, of_one);
        await set(other.id, of_other);
        const told = (["address", "birthday", "phone"] as const)
          .filter((part) => of_one[part] !== "nobody" && of_other[part] !== "nobody")
          .map((part) => (part === "birthday" ? "name_and_birthday" : part));
        expect(await toldOf(one)).toEqual(told.length > 0 ? { [other.id]: told } : {});
        expect(await sealedOf(one)).toEqual({ [other.id]: ["address", "name_and_birthday", "phone"] });
      }),
      { numRuns: 25 },
    );
  });
});
