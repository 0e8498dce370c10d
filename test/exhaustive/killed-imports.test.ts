import * as fc from "fast-check";
import { expect, test } from "vitest";
import { importedWithKills, type Kill } from "../harness/killed-imports.ts";

const kill: fc.Arbitrary<Kill> = fc.record({
  mode: fc.constantFrom("before" as const, "after_commit" as const, "status" as const),
  skip: fc.nat(200),
});

test("20,000 rows with every kind of bad row, killed at random points and gone on with, end as if nothing had happened", async () => {
  const whole = await importedWithKills(20_000, [], 600_000);
  for (const kills of fc.sample(fc.array(kill, { minLength: 5, maxLength: 20 }), 5))
    expect(await importedWithKills(20_000, kills, 600_000), JSON.stringify(kills)).toEqual(whole);
});
