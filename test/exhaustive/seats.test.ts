import { test } from "vitest";
import { checkSeatHistories } from "../harness/seat-histories.ts";

const RUNS = 300;

test(`no seat is given twice, and nobody is passed over, in ${RUNS} histories of an event`, () =>
  checkSeatHistories(RUNS));
