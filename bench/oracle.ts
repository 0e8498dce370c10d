import { personWithPassword, registration } from "../test/harness/accounts.ts";
import { post } from "../test/harness/client.ts";
import { anyEmail } from "../test/harness/people.ts";
import { printTable } from "./table.ts";
import { median, quantile, timed } from "./times.ts";

const RUNS = 20;

const QUESTIONS: [path: string, body: (email: string) => object][] = [
  ["/api/auth/register", (email) => registration({ email })],
  ["/api/auth/login", (email) => ({ email, password: "not the password" })],
  ["/api/auth/resend-verification", (email) => ({ email })],
];

/** How long the routes that must not tell who is known take for addresses that are known and that are not, in turn. */
export async function measureOracle(): Promise<void> {
  const rows: string[][] = [];
  for (const [path, body] of QUESTIONS) {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const member = await personWithPassword();
      known.push((await timed(() => post(path, body(member.email)))).ms);
      unknown.push((await timed(() => post(path, body(anyEmail("unknown"))))).ms);
    }
    rows.push([
      path,
      ...[median(known), median(unknown), median(known) - median(unknown)].map((ms) => ms.toFixed(1)),
      ...[quantile(known, 0.95), quantile(unknown, 0.95)].map((ms) => ms.toFixed(1)),
    ]);
  }
  printTable(
    `Known and unknown addresses: milliseconds, median and 95th percentile of ${RUNS} each`,
    ["route", "known", "unknown", "difference", "known 95 %", "unknown 95 %"],
    rows,
  );
}
