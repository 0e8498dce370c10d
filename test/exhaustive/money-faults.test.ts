import { afterAll, expect, test } from "vitest";
import { runFaults } from "../harness/fault-matrix.ts";
import { isUseCase, USE_CASES } from "../harness/fault-scenes.ts";

let cells = 0;
afterAll(() => console.info(`calls that failed: ${cells}`));

/** A test each, so that `-t` picks one. */
test.for(Object.keys(USE_CASES).filter(isUseCase))(
  "%s: whichever call of the database or of Stripe fails, and however, money is right after a retry or reconciliation",
  async (use_case) => {
    const { total, wrong } = await runFaults({ platforms: 5, use_cases: [use_case] });
    console.info(`${use_case}: ${total} calls that failed`);
    cells += total;
    expect(total).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  },
);
