import { setTimeout as sleep } from "node:timers/promises";
import { PASSWORD, personWithPassword } from "../test/harness/accounts.ts";
import { post } from "../test/harness/client.ts";
import { startWorker } from "../test/harness/platform.ts";
import { BUDGETS } from "./budgets.ts";
import { printTable } from "./table.ts";
import { timed } from "./times.ts";
import { withItsWorkerd } from "./workerd.ts";

const LOGINS = 20;
const BURSTS = 3;

/**
 * The most memory, in MiB, that 20 concurrent logins add to a dedicated workerd. The baseline is taken just before each
 * round, because a local workerd keeps some memory from every request, even with an empty Worker.
 */
export async function measureMemory(): Promise<number> {
  const { started, workerd } = await withItsWorkerd(() => startWorker());
  const login = (email: string) => post("/api/auth/login", { email, password: PASSWORD }, { url: started.url });
  const people = await Promise.all(Array.from({ length: LOGINS }, () => personWithPassword()));
  for (const { email } of people.slice(0, 2)) await login(email);

  const bursts: { before: number; peak: number; ms: number }[] = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    await sleep(1000);
    await workerd.forgetPeak();
    const before = await workerd.memoryMib();
    const { result, ms } = await timed(() => Promise.all(people.map(({ email }) => login(email))));
    if (result.some(({ status }) => status !== 200)) throw new Error("Some logins failed");
    bursts.push({ before, peak: await workerd.peakMib(), ms });
  }
  await started.stop();
  const most = Math.max(...bursts.map(({ before, peak }) => peak - before));
  printTable(
    `Memory of workerd, MiB: ${LOGINS} concurrent logins add at most ${most.toFixed(0)} (budget ${BUDGETS.logins_memory_mib})`,
    ["burst", "before", "peak", "added", "all answered, ms"],
    bursts.map(({ before, peak, ms }, index) => [
      String(index + 1),
      ...[before, peak, peak - before, ms].map((figure) => figure.toFixed(0)),
    ]),
  );
  return most;
}
