import { expect, test } from "vitest";
import { AREAS, areaOf, ROOMS } from "../src/rooms.ts";

test("the areas name exactly the rooms that have routes there", async () => {
  const declared = new Map<string, Set<string>>();
  for (const [name, load] of Object.entries(ROOMS))
    for (const area of (await load()).map(({ path }) => areaOf(path)))
      declared.set(area, (declared.get(area) ?? new Set()).add(name));
  expect(new Map(Object.entries(AREAS).map(([area, rooms]) => [area, new Set<string>(rooms)]))).toEqual(declared);
});

test("an area is found however its path is written", () => {
  expect(
    ["/api/admin/users/1", "/api/admin/users/", "//api/%61dmin/users", "/api/auth", "/health/ready"].map(areaOf),
  ).toEqual(["admin/users", "admin/users", "admin/users", "auth", "health"]);
  expect(["/", "", "/api", "/api/admin", "/%", "/api/__proto__"].map(areaOf)).toEqual([
    "",
    "",
    "",
    "admin/",
    "",
    "__proto__",
  ]);
});
