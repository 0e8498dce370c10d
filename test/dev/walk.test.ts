import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { removeData } from "../../local/postgres-files.ts";
import { SAMPLE_ADMIN, SAMPLE_PASSWORD } from "../../local/sample-sign-in.ts";
import { freePorts, PARTS, type Part, ROOT } from "../../local/settings.ts";

const data_dir = await mkdtemp(join(tmpdir(), "loaf-walk-"));
const ports = await freePorts();
const variables = (Object.keys(PARTS) as Part[]).map((part) => [PARTS[part].variable, String(ports[part])]);
const env = { ...process.env, ...Object.fromEntries(variables), LOAF_DATA_DIR: data_dir };
const api = `http://127.0.0.1:${ports.api}/api`;
const dev = spawn(process.execPath, [join(ROOT, "local/dev.ts")], { cwd: ROOT, env, stdio: "ignore" });

beforeAll(
  () => vi.waitFor(async () => expect((await fetch(`${api}/plans`)).status).toBe(200), { timeout: 90_000 }),
  100_000,
);
afterAll(async () => {
  const gone = once(dev, "exit");
  dev.kill("SIGINT");
  await gone;
  await removeData(join(data_dir, "postgres"));
  await rm(data_dir, { recursive: true, force: true });
}, 30_000);

async function ask<T>(path: string, schema: z.ZodType<T>, token: string | undefined, body?: object): Promise<T> {
  const response = await fetch(`${api}${path}`, {
    method: body ? "POST" : "GET",
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return schema.parse(await response.json());
}

const Token = z.object({ access_token: z.string() });
const People = z.object({ items: z.array(z.object({ id: z.string(), status: z.string() })) });
const Person = z.object({
  subscription: z.object({ status: z.string() }),
  rsvps: z.object({ items: z.array(z.object({ rsvp_status: z.string(), attended: z.boolean() })) }),
});

const has = (shell: string) => spawnSync(shell, ["-c", "exit"]).status === 0;

for (const shell of ["bash", "zsh"])
  test.runIf(has(shell))(
    `README's first walk, pasted as it stands into ${shell}, leads to a paid member who came`,
    async () => {
      const walk = [join(ROOT, "local/walk.ts"), "--shell", shell];
      // Fails unless each request is answered with 2xx.
      const { stdout } = await promisify(execFile)(process.execPath, walk, { cwd: ROOT, env });
      expect(stdout).toMatch(/^\d+ requests, and each succeeded\.$/m);
      const words = ["Confirm your email address", "Thank you from", "1 round trip"];
      for (const each of words) expect(stdout).toContain(each);

      const [, email = ""] = /(alex\.\d+@example\.org)/.exec(stdout) ?? [];
      const { access_token } = await ask("/auth/login", Token, undefined, {
        email: SAMPLE_ADMIN,
        password: SAMPLE_PASSWORD,
      });
      const { items } = await ask(`/admin/users?search=${email}`, People, access_token);
      expect(items).toEqual([expect.objectContaining({ status: "active" })]);
      const alex = await ask(`/admin/users/${items[0]?.id}`, Person, access_token);
      expect(alex.subscription.status).toBe("active");
      expect(alex.rsvps.items).toEqual([expect.objectContaining({ rsvp_status: "yes", attended: true })]);
    },
    120_000,
  );
