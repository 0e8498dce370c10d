/** An answer that could tell whether an address is known here comes no earlier than this: time must not tell either. */
const FLOOR_MS = 500;
/** Signing in may have to check an old bcrypt hash in two spellings, and the argon2id hash of an unverified registration. */
export const SIGN_IN_FLOOR_MS = 1100;

/**
 * Does the work, and answers or fails no earlier than the floor, counted from the start of the work. An answer that
 * only the owner of the address can get `mayBeEarly`.
 */
export async function notBeforeFloor<T>(
  work: () => Promise<T>,
  { floor_ms = FLOOR_MS, mayBeEarly = () => false }: { floor_ms?: number; mayBeEarly?: (answer: T) => boolean } = {},
): Promise<T> {
  const floor = scheduler.wait(floor_ms);
  const [outcome] = await Promise.allSettled([work()]);
  if (outcome.status === "fulfilled" && mayBeEarly(outcome.value)) return outcome.value;
  await floor;
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}
