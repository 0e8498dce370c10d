import { expect, test } from "vitest";
import { runFaults } from "../harness/fault-matrix.ts";

const SAMPLE = ["checkout: dues that renew", "webhook: first payment", "refund: in full"] as const;

test("what was done and not heard of is done once when it is asked for again", { timeout: 60_000 }, async () => {
  const { total, wrong } = await runFaults({
    platforms: 1,
    use_cases: SAMPLE,
    // `npm run test:exhaustive` fails every call, in every way. Here: the last trip to the database, and each word to Stripe.
    choose: ({ call, fault, ending }, calls) =>
      ending === "retried" &&
      ((fault.mode === "after_commit" && call === calls.findLast(({ service }) => service === "database")) ||
        (fault.mode === "after" && call.writes)),
  });
  expect(wrong).toEqual([]);
  expect(total).toBe(5);
});
