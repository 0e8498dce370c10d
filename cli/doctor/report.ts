import type { CheckResult } from "./check.ts";

const WIDTH = { state: 13, name: 34 };

/** A line for each finding, and below it how to fix what is wrong. */
export function reportOf(results: CheckResult[]): string {
  const lines = results.flatMap(({ state, name, about, mend }) => [
    `${state.padEnd(WIDTH.state)}${name.padEnd(WIDTH.name)}${about}`,
    ...(mend === undefined ? [] : [`${" ".repeat(WIDTH.state + WIDTH.name)}→ ${mend}`]),
  ]);
  return [...lines, "", `${countsOf(results)}.`].join("\n");
}

/** For example "24 ok, 1 wrong, 1 not checked". */
export function countsOf(results: CheckResult[]): string {
  const count = (state: CheckResult["state"]) => results.filter((each) => each.state === state).length;
  return `${count("ok")} ok, ${count("wrong")} wrong, ${count("not checked")} not checked`;
}

export const isWrong = (results: CheckResult[]) => results.some(({ state }) => state === "wrong");
