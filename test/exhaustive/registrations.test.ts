import { test } from "vitest";
import { checkRegistrationRace, checkRegistrations } from "../harness/registration-model.ts";

/** Most of a history is waiting for answers that may not come early, so many run at once. */
const AT_ONCE = 20;
const RUNS = 15;
const RACES = 5;
const together = (check: () => Promise<void>) => Promise.all(Array.from({ length: AT_ONCE }, check));

test(`the owner of an address ends with one account of their own after each of ${AT_ONCE * RUNS} histories`, () =>
  together(() => checkRegistrations(RUNS, 20)));

test(`no stranger is in it after ${AT_ONCE * RACES} races with its verification`, () =>
  together(async () => {
    for (let n = 0; n < RACES; n += 1) await checkRegistrationRace();
  }));
