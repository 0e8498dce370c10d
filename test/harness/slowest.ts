import type { Reporter, TestModule } from "vitest/node";

const PRINTED = 20;

/** Prints the slowest tests of a run: the first place to look when a run becomes slow. */
export default class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules
      .flatMap((module) => [...module.children.allTests()])
      .map((test) => ({
        ms: test.diagnostic()?.duration ?? 0,
        name: `${test.module.relativeModuleId} > ${test.fullName}`,
      }))
      .sort((a, b) => b.ms - a.ms);
    console.log(`\nThe slowest ${PRINTED} of ${tests.length} tests, in milliseconds:`);
    for (const { ms, name } of tests.slice(0, PRINTED))
      console.log(`${Math.round(ms).toString().padStart(7)}  ${name}`);
  }
}
