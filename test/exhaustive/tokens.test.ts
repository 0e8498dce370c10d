import { test } from "vitest";
import { checkRace, checkTokens } from "../harness/token-model.ts";

const RUNS = 250;
const RACES = 100;

test(`a token that should be dead is, after each of ${RUNS} histories on several devices`, () => checkTokens(RUNS, 25));

test(`nothing of the old password stays open after ${RACES} races with its change`, async () => {
  for (let n = 0; n < RACES; n += 1) await checkRace();
});
