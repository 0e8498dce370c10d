import * as fc from "fast-check";
import { expect, test } from "vitest";
import { importedWithKills, type Kill } from "../../harness/killed-imports.ts";

const kill: fc.Arbitrary<Kill> = fc.record({
  mode: fc.constantFrom("before" as const, "after_commit" as const, "status" as const),
  skip: fc.nat(6),
});

test("an import that is killed at any point and gone on with ends as one that is not", async () => {
  const whole = await importedWithKills(600, []);
  expect(whole.counts).toEqual([expect.any(Number), expect.any(Number), expect.any(Number), 2, 600]);
  for (const kills of fc.sample(fc.array(kill, { minLength: 2, maxLength: 3 }), 1))
    expect(await importedWithKills(600, kills), JSON.stringify(kills)).toEqual(whole);
}, 60_000);
