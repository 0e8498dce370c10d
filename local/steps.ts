/** Does one named step of starting. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** For tests: says nothing. */
export const silently: Step = (_name, work) => work();

/** Says which step it is, and then how long it took. */
export const shown: Step = async (name, work) => {
  const began = performance.now();
  process.stdout.write(`  ${name.padEnd(17)}`);
  const result = await work();
  console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
};
