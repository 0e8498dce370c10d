import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import {
  applicationUrl,
  assertFree,
  freePorts,
  localDatabaseUrl,
  portsFromEnvironment,
  ROOT,
  workerVars,
} from "../../local/settings.ts";

test("each part has its port, and its variable moves it", () => {
  expect(portsFromEnvironment({})).toEqual({ api: 8787, postgres: 54329, neon: 4444, stripe: 12111, mail: 8025 });
  expect(portsFromEnvironment({ LOAF_NEON_PORT: "4445", LOAF_MAIL_PORT: "" })).toMatchObject({
    neon: 4445,
    mail: 8025,
  });
  expect(() => portsFromEnvironment({ LOAF_PORT: "http" })).toThrow(
    'LOAF_PORT must be a port between 1 and 65535, not "http".',
  );
  expect(() => portsFromEnvironment({ LOAF_PORT: "65536" })).toThrow("LOAF_PORT");
  expect(() => portsFromEnvironment({ LOAF_PORT: "8025" })).toThrow(
    "LOAF_PORT and LOAF_MAIL_PORT must be two ports, not both 8025.",
  );
});

test("a taken port is told with its part and the variable that moves it", async () => {
  const ports = await freePorts();
  const other = createServer().listen(ports.stripe, "127.0.0.1");
  await once(other, "listening");
  await expect(assertFree(ports, ["postgres", "stripe", "mail"])).rejects.toThrow(
    `Port ${ports.stripe}, where the Stripe stand-in listens, is in use. Set LOAF_STRIPE_PORT to another port.`,
  );
  await assertFree(ports, ["postgres", "mail"]);
  other.close();
});

test("the Worker's settings point at this machine only, and the secret is long enough for production's rule", async () => {
  const vars = workerVars(await freePorts(), "postgresql://postgres:postgres@127.0.0.1:1/loaf");
  const addresses = Object.values(vars).filter((value) => value.includes("://"));
  expect(addresses.map((address) => new URL(address).hostname).toSorted()).toEqual([
    "127.0.0.1",
    "127.0.0.1",
    "127.0.0.1",
    "127.0.0.1",
    "localhost",
  ]);
  expect(vars.JWT_SECRET.length).toBeGreaterThanOrEqual(64);
});

test("the example of .dev.vars says what the local stack says, so that a copy of it works with `npm run stack`", async () => {
  const example = parseEnv(await readFile(join(ROOT, ".dev.vars.example"), "utf8"));
  const ports = portsFromEnvironment({});
  expect(example).toMatchObject(workerVars(ports, applicationUrl(localDatabaseUrl(ports.postgres))));
});

test("the tests' Workers run in the workerd that wrangler brings, and not in one beside it", async () => {
  const manifest = async (path: string) => JSON.parse(await readFile(join(ROOT, path), "utf8"));
  const { dependencies } = await manifest("node_modules/wrangler/package.json");
  expect((await manifest("package.json")).devDependencies.miniflare).toBe(dependencies.miniflare);
});
