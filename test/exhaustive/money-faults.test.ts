import { expect, test } from "vitest";
import { runFaults } from "../harness/fault-matrix.ts";

test("whichever call of the database or of Stripe fails, and however: money is right after a retry or reconciliation", async () => {
  const { cells, total, wrong } = await runFaults({ platforms: 5 });
  console.info(
    Object.entries(cells)
      .map(([name, count]) => `${name}: ${count}\n`)
      .join(""),
    `cells: ${total}`,
  );
  expect(wrong).toEqual([]);
});
