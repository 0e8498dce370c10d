import { hashSync } from "bcryptjs";
import { PASSWORD, personWithPassword, registration } from "../test/harness/accounts.ts";
import { post } from "../test/harness/client.ts";
import { anyEmail, person } from "../test/harness/people.ts";
import { printTable } from "./table.ts";
import { median, quantile, timed } from "./times.ts";

const RUNS = 200;
/** How far apart the medians may be. */
const TOLERANCE = 0.05;

/** A hash in the old system's format. */
const bcrypt_hash = hashSync(PASSWORD, 12);

/**
 * Creates addresses of each kind. Each is used only once, so that no request locks, mails, or replaces anything twice.
 */
const KINDS: Record<string, () => Promise<string>> = {
  unknown: async () => anyEmail("unknown"),
  argon2id: async () => (await personWithPassword()).email,
  bcrypt: async () => (await person("active", { password_hash: bcrypt_hash })).email,
};

/** `alone`: one request at a time, because concurrent hashes would exceed the minimum response time. */
const QUESTIONS: { path: string; body: (email: string) => object; alone: boolean }[] = [
  { path: "/api/auth/login", body: (email) => ({ email, password: "not the password" }), alone: false },
  { path: "/api/auth/register", body: (email) => registration({ email }), alone: true },
  { path: "/api/auth/forgot-password", body: (email) => ({ email }), alone: false },
  { path: "/api/auth/resend-verification", body: (email) => ({ email }), alone: false },
];

/**
 * Measures how long the routes that must not reveal whether an address is known take for each kind of address. Returns
 * how far apart each route's medians are, as a fraction of the smallest.
 */
export async function measureOracle(): Promise<{ path: string; spread: number; tolerance: number }[]> {
  const rows: string[][] = [];
  const spreads: { path: string; spread: number; tolerance: number }[] = [];
  for (const { path, body, alone } of QUESTIONS) {
    const times = new Map<string, number[]>(Object.keys(KINDS).map((kind) => [kind, []]));
    for (let run = 0; run < RUNS; run += 1) {
      const asked = Object.entries(KINDS).map(([kind, address]) => async () => {
        const email = await address();
        times.get(kind)?.push((await timed(() => post(path, body(email)))).ms);
      });
      if (alone) for (const ask of asked) await ask();
      else await Promise.all(asked.map((ask) => ask()));
    }
    const medians = [...times.values()].map(median);
    const spread = Math.max(...medians) / Math.min(...medians) - 1;
    spreads.push({ path, spread, tolerance: TOLERANCE });
    rows.push([
      path,
      ...medians.map((ms) => ms.toFixed(1)),
      `${(spread * 100).toFixed(2)} %`,
      ...[...times.values()].map((all) => quantile(all, 0.95).toFixed(1)),
    ]);
  }
  const kinds = Object.keys(KINDS);
  printTable(
    `Known and unknown addresses, in milliseconds (median and 95th percentile of ${RUNS} each)`,
    ["route", ...kinds, "apart", ...kinds.map((kind) => `${kind} 95 %`)],
    rows,
  );
  return spreads;
}
