import type { CheckResult } from "./check.ts";

const WIDTH = { state: 13, name: 34 };

/** A line for each finding, and below it how to fix what is wrong. */
export function reportOf(results: CheckResult[]): string {
  const lines = results.flatMap(({ state, name, about, mend }) => [
    `${state.padEnd(WIDTH.state)}${name.padEnd(WIDTH.name)}${about}`,
    ...(mend === undefined ? [] : [`${" ".repeat(WIDTH.state + WIDTH.name)}→ ${mend}`]),
  ]);
  const count = (state: CheckResult["state"]) => results.filter((each) => each.state === state).length;
  const summary = `${count("ok")} ok, ${count("wrong")} wrong, ${count("not checked")} not checked`;
  return [...lines, "", `${summary}.`].join("\n");
}

export const isWrong = (results: CheckResult[]) => results.some(({ state }) => state === "wrong");
