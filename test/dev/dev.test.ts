import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import pg from "pg";
import { afterAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { startPostgres } from "../../local/postgres.ts";
import { removeData } from "../../local/postgres-files.ts";
import { assertFree, freePorts, localDatabaseUrl, PARTS, type Part, type Ports, ROOT } from "../../local/settings.ts";

const data_dir = await mkdtemp(join(tmpdir(), "loaf-dev-"));
/** Stands in for the desktop's program that opens a browser. */
const opened = join(data_dir, "opened.txt");
await writeFile(join(data_dir, "xdg-open"), `#!/bin/sh\nprintf %s "$1" > '${opened}'\n`);
await chmod(join(data_dir, "xdg-open"), 0o755);
afterAll(async () => {
  await removeData(join(data_dir, "postgres"));
  await rm(data_dir, { recursive: true, force: true });
});

/** `npm run dev` on ports of its own, in a shell that names another database. */
function startDev(ports: Ports, ...flags: string[]) {
  const variables = (Object.keys(PARTS) as Part[]).map((part) => [PARTS[part].variable, String(ports[part])]);
  const dev = spawn(process.execPath, [join(ROOT, "local/dev.ts"), ...flags], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...Object.fromEntries(variables),
      LOAF_DATA_DIR: data_dir,
      PATH: [data_dir, process.env.PATH].join(delimiter),
      DATABASE_URL: "postgres://somebody:s3cret@127.0.0.1:9/theirs",
      CORS_ORIGINS: "https://members.example.org",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  for (const stream of [dev.stdout, dev.stderr]) stream.on("data", (text) => (words += text));
  return { dev, words: () => words };
}

const until = (dev: { words(): string }, wanted: string) =>
  vi.waitFor(() => expect(dev.words()).toContain(wanted), { timeout: 60_000, interval: 100 });

async function end(dev: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(dev, "exit");
  dev.kill(signal);
  await gone;
}

const parts = Object.keys(PARTS) as Part[];
const allFree = (ports: Ports) => vi.waitFor(() => assertFree(ports, parts), { timeout: 30_000, interval: 200 });

const logIn = (ports: Ports, email: string, password: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${ports.api}/api/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });

async function signIn(ports: Ports, email: string, password: string): Promise<number> {
  const answer = await logIn(ports, email, password);
  await answer.text();
  return answer.status;
}

const SignedIn = z.object({ access_token: z.string() });
const Portal = z.object({ portal_url: z.url() });

/** The page of the stand-in where a sample member manages their subscription. */
async function openPortal(ports: Ports, email: string): Promise<string> {
  const { access_token } = SignedIn.parse(await (await logIn(ports, email, "loaf-dev-password")).json());
  const answer = await fetch(`http://127.0.0.1:${ports.api}/api/members/billing-portal`, {
    method: "POST",
    headers: { Authorization: `Bearer ${access_token}` },
  });
  const { portal_url } = Portal.parse(await answer.json());
  return (await fetch(portal_url)).text();
}

/** The hash of somebody's password. */
async function passwordHash(ports: Ports, email: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: localDatabaseUrl(ports.postgres) });
  await client.connect();
  try {
    const { rows } = await client.query<{ password_hash: string }>("select password_hash from users where email = $1", [
      email,
    ]);
    return rows[0]?.password_hash;
  } finally {
    await client.end();
  }
}

const StartPage = z.object({
  groups: z.array(z.object({ links: z.array(z.object({ url: z.string() })) })),
  people: z.array(z.object({ email: z.string(), role: z.string(), status: z.string() })),
  password: z.string(),
});

/** Every link on the page at / answers, and its people can sign in. */
async function expectStartPage(ports: Ports, words: string): Promise<void> {
  expect(words).toMatch(new RegExp(`^  API +http://localhost:${ports.api} `, "m"));
  const answer = await fetch(`http://127.0.0.1:${ports.api}/development.json`);
  const { groups, people, password } = StartPage.parse(await answer.json());
  const links = groups.flatMap(({ links: its_links }) => its_links.map(({ url }) => url));
  expect(links.length).toBeGreaterThan(6);
  for (const status of [
    "pending_email",
    "pending_validation",
    "pre_validated",
    "payment_pending",
    "active",
    "inactive",
  ])
    expect(people.map((person) => person.status)).toContain(status);
  for (const role of ["guest", "member", "admin", "finance", "superadmin"]) {
    const [first] = people.filter((person) => person.role === role);
    expect(await signIn(ports, first?.email ?? "", password), role).toBe(200);
  }
  // Among them are the daily jobs, which delete people who have not confirmed their address for long.
  for (const url of links) expect((await fetch(url)).status, url).toBe(200);
}

test("npm run dev starts everything, keeps what was done, and leaves nothing behind, however it ends", async () => {
  const ports = await freePorts();
  const first = startDev(ports);
  await until(first, "Sign in as admin@loaf.test with the password loaf-dev-password");
  expect(first.words()).toContain(`http://localhost:${ports.api}/docs`);
  expect(await signIn(ports, "admin@loaf.test", "loaf-dev-password")).toBe(200);
  for (const name of ["Database", "Tables", "Neon endpoint", "Mailbox", "Stripe stand-in", "Sample data", "Worker"])
    expect(first.words()).toMatch(new RegExp(`^  ${name} +\\d+\\.\\d s$`, "m"));
  await until(first, "POST     200  /api/auth/login");
  expect(first.words()).toMatch(/^\d\d:\d\d:\d\d {2}POST {5}200 {2}\/api\/auth\/login {2}\d trips? {2}\d+ ms$/m);
  // Wrangler's own words are in its log, which the table of addresses names.
  expect(first.words()).not.toMatch(/wrangler:info|Running custom build|Starting local server/);
  const log = await readFile(join(data_dir, "wrangler.log"), "utf8");
  expect(log).toContain("Ready on http://127.0.0.1:");
  expect(first.words()).toContain(`Log of wrangler  ${join(data_dir, "wrangler.log")}`);
  expect(first.words()).toContain("DATABASE_URL is ignored: npm run dev uses a database of its own.");
  expect(first.words()).not.toMatch(/s3cret|ExperimentalWarning|\n {4}at /);
  await expectStartPage(ports, first.words());
  const origins = ["https://members.example.org", "http://localhost:5173"];
  for (const Origin of origins) {
    const { headers } = await fetch(`http://127.0.0.1:${ports.api}/health`, { headers: { Origin } });
    expect(headers.get("Access-Control-Allow-Origin")).toBe(Origin);
  }
  const somebody = {
    first_name: "Robin",
    last_name: "Example",
    email: "robin@example.org",
    password: "a long enough passphrase",
  };
  await fetch(`http://127.0.0.1:${ports.api}/api/auth/register`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(somebody),
  });
  // The Worker as it is deployed: with OWASP's parameters, and not those that the other tests are built with.
  expect(await passwordHash(ports, somebody.email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  // No chance to act: the watchdogs of its children do, while the next run waits for them.
  await end(first.dev, "SIGKILL");
  const second = startDev(ports);
  await until(second, "Ctrl-C ends everything");
  expect(await signIn(ports, somebody.email, somebody.password)).toBe(200);
  // Stripe still knows the sample members.
  expect(await openPortal(ports, "monthly@loaf.test")).toContain("4242");

  for (const [other_ports, flags] of [
    [ports, []],
    [await freePorts(), ["--reset"]],
  ] as const) {
    const other = startDev(other_ports, ...flags);
    const [code] = await once(other.dev, "exit");
    expect(code).toBe(1);
    expect(other.words()).toContain(
      `npm run dev is already running, at http://localhost:${ports.api} (process ${second.dev.pid}).`,
    );
  }
  expect(await signIn(ports, somebody.email, somebody.password)).toBe(200);

  await end(second.dev, "SIGINT");
  await allFree(ports);

  const mine = join(data_dir, "mine.txt");
  await writeFile(mine, "not made by npm run dev");
  const anew = startDev(ports, "--reset", "--open");
  await until(anew, "Ctrl-C ends everything");
  expect(await signIn(ports, somebody.email, somebody.password)).toBe(401);
  if (process.platform === "linux")
    await vi.waitFor(async () => expect(await readFile(opened, "utf8")).toBe(`http://localhost:${ports.api}/`));
  expect(await readFile(mine, "utf8")).toBe("not made by npm run dev");
  await end(anew.dev, "SIGINT");
  await allFree(ports);
}, 200_000);

test("a port that is taken is named, with the variable that moves it, and nothing is started", async () => {
  const ports = await freePorts();
  const other = createServer().listen(ports.neon, "127.0.0.1");
  await once(other, "listening");
  try {
    const { dev, words } = startDev(ports);
    const [code] = await once(dev, "exit");
    expect(code).toBe(1);
    expect(words()).toContain(`Port ${ports.neon}, where the Neon endpoint listens, is in use. Set LOAF_NEON_PORT`);
  } finally {
    other.close();
  }
}, 60_000);

test("somebody's own database is migrated and filled where it is empty, and kept from --reset", async () => {
  const port = (await freePorts()).postgres;
  const server = await startPostgres({ port });
  const own = Object.assign(new URL(server.database_url), { pathname: "/postgres" }).href;
  try {
    const ports = await freePorts();
    const { dev, words } = startDev(ports, "--database", own);
    await until({ words }, "Ctrl-C ends everything");
    expect(words()).not.toContain("is ignored");
    expect(await signIn(ports, "admin@loaf.test", "loaf-dev-password")).toBe(200);
    await end(dev, "SIGINT");

    for (const [flags, problem] of [
      [["--database", own, "--reset"], "Leave out --database."],
      [["--database", "mysql://db.example.org/loaf"], "--database must be a postgres:// URL"],
    ] as const) {
      const refused = startDev(await freePorts(), ...flags);
      expect(await once(refused.dev, "exit")).toEqual([1, null]);
      expect(refused.words()).toContain(problem);
    }
  } finally {
    await server.stop();
  }
}, 100_000);
