/**
 * Whether an address is known must not show in how long an answer takes: none that could tell comes earlier than this.
 * Longer than the slowest way through (an old bcrypt hash, checked and replaced).
 */
const FLOOR_MS = 500;

/** Does the work, and answers (or fails) no earlier than the floor, counted from before it begins. */
export async function notBeforeFloor<T>(work: () => Promise<T>): Promise<T> {
  const floor = scheduler.wait(FLOOR_MS);
  const [outcome] = await Promise.allSettled([work(), floor]);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}
