/**
 * Whether an address is known must not show in how long an answer takes: none that could tell comes earlier than this.
 */
const FLOOR_MS = 500;
/** Signing in may have to check an old bcrypt hash, in two spellings, and an argon2id hash of a registration beside it. */
export const SIGN_IN_FLOOR_MS = 1100;

/**
 * Does the work, and answers (or fails) no earlier than the floor, counted from before it begins.
 *
 * @param harmless an answer that only the owner of the address can get: it need not wait
 */
export async function notBeforeFloor<T>(
  work: () => Promise<T>,
  { floor_ms = FLOOR_MS, harmless = () => false }: { floor_ms?: number; harmless?: (answer: T) => boolean } = {},
): Promise<T> {
  const floor = scheduler.wait(floor_ms);
  const [outcome] = await Promise.allSettled([work()]);
  if (outcome.status === "fulfilled" && harmless(outcome.value)) return outcome.value;
  await floor;
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}
