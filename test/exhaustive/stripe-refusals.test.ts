import { expect, test } from "vitest";
import { refuseEach, wronglyAnswered } from "../harness/refusals.ts";

test("whichever call to Stripe is refused, the answer is not a 500, and asking again works", {
  timeout: 600_000,
}, async () => {
  const refused = await refuseEach();
  expect(wronglyAnswered(refused)).toEqual([]);
});
