import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { asProgram } from "../cli/command.ts";
import { type Overheard, overhear } from "./overhear.ts";
import { SAMPLE_ADMIN } from "./sample-sign-in.ts";
import { apiUrl, mailUrl, PARTS, portsFromEnvironment, ROOT } from "./settings.ts";

const HEADING = "\n## A first walk\n";
const LONGEST_MS = 120_000;
/** How a shell reads what is pasted: with history expansion and prompts, and without the reader's own settings. */
const SHELLS: Record<string, string[]> = { bash: ["--norc", "-i"], zsh: ["-f", "-i"] };
const Mails = z.array(z.object({ id: z.string(), subject: z.string() }));
const Applicant = z.object({ email: z.string() });
const short = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text);
const SignedIn = z.object({ access_token: z.string() });

/** README's first walk: what is pasted, and the words before it. */
async function walkBlocks(): Promise<{ words: string; commands: string }[]> {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const [, walk = ""] = readme.split(HEADING);
  const [section = ""] = walk.split("\n## ");
  return [...section.matchAll(/(.+?)\n\n```sh\n(.+?)```\n/gs)].map(([, words = "", commands = ""]) => ({
    words: words.split("\n\n").at(-1)?.trim() ?? "",
    commands,
  }));
}

/**
 * `npm run walk`: takes README's first walk against the running platform, through servers that print what passes. Fails
 * unless every request succeeded. `-- --shell zsh` takes it in another shell.
 */
await asProgram(import.meta, async () => {
  const { shell } = parseArgs({ options: { shell: { type: "string", default: "bash" } } }).values;
  const flags = SHELLS[shell];
  if (!flags) throw new Error(`--shell must be one of: ${Object.keys(SHELLS).join(", ")}.`);
  const ports = portsFromEnvironment();
  const [api, mailbox, stripe] = [apiUrl(ports), mailUrl(ports), `http://127.0.0.1:${ports.stripe}`];
  await fetch(`${api}/health/ready`).catch(() => {
    throw new Error(`Nothing answers at ${api}. Start the platform with npm run dev.`);
  });

  const blocks = await walkBlocks();
  const names = new Map<string | undefined, string>();
  const addresses = new Set([SAMPLE_ADMIN]);
  const read_mails = new Set<string>();
  const refused: string[] = [];
  let steps = 0;

  const newMails = async () => {
    const found: string[] = [];
    for (const to of addresses) {
      const response = await fetch(`${mailbox}/_control/messages?${new URLSearchParams({ to })}`);
      for (const { id, subject } of Mails.parse(await response.json()).toReversed()) {
        if (!read_mails.has(id)) found.push(`   mail    to ${to}: ${subject}`);
        read_mails.add(id);
      }
    }
    return found;
  };
  await newMails();
  const printMails = async () => {
    for (const line of await newMails()) console.log(line);
  };
  const print = async (request: Overheard) => {
    const { method, path, token, sent, status, answer, round_trips, took_ms } = request;
    steps += 1;
    const who = names.get(token) ?? "nobody";
    console.log(`${String(steps).padStart(2)} ${method} ${path.replace(/token=.*/, "token=…")}, as ${who}`);
    if (sent) console.log(`   sent    ${short(sent)}`);
    console.log(`   answer  ${[status, round_trips, `${took_ms} ms`].filter(Boolean).join(", ")}: ${short(answer)}`);
    if (status < 200 || status > 299) {
      refused.push(`${method} ${path}: ${status}`);
      walk.kill("SIGKILL");
    }
    const somebody = sent.startsWith("{") ? Applicant.safeParse(JSON.parse(sent)).data : undefined;
    if (!somebody) return;
    addresses.add(somebody.email);
    const signed_in = SignedIn.safeParse(JSON.parse(answer)).data;
    if (signed_in) names.set(signed_in.access_token, somebody.email);
  };
  const instead = async (path: string) => {
    await printMails();
    const block = blocks[Number(/^\/_walk\/(\d+)$/.exec(path)?.[1] ?? Number.NaN)];
    if (!block) return false;
    console.log(`\n${block.words}\n`);
    return true;
  };

  await using servers = new AsyncDisposableStack();
  const origins = new Map<string, string>();
  const through: Record<string, string> = {};
  const listenFor = async (target: string, variable: string, heard: (request: Overheard) => Promise<void>) => {
    const server = await overhear(target, { origins, instead, heard });
    servers.defer(server.stop);
    origins.set(target, server.url);
    through[variable] = String(server.port);
  };
  await listenFor(api, PARTS.api.variable, print);
  await listenFor(stripe, PARTS.stripe.variable, print);
  // Looking into the mailbox is no step of its own: the mails are.
  await listenFor(mailbox, PARTS.mail.variable, async () => undefined);

  const pasted = blocks.map(({ commands }, index) =>
    index === 0 ? commands : `curl -s "$mailbox/_walk/${index}"\n${commands}`,
  );
  const walk = spawn(shell, [...flags, "-s"], {
    env: { ...process.env, ...through },
    stdio: ["pipe", "ignore", "pipe"],
  });
  const tired = setTimeout(() => walk.kill("SIGKILL"), LONGEST_MS);
  let complaints = "";
  walk.stderr.on("data", (text) => (complaints += text));
  walk.stdin.end(`${pasted.join("\n")}\nexit\n`);
  await once(walk, "exit");
  clearTimeout(tired);
  await sleep(1000); // the last mails
  await printMails();
  if (refused.length > 0) throw new Error(`\nThe walk ended early: ${refused.join(", ")}`);
  if (steps === 0 || walk.exitCode !== 0) throw new Error(`\n${shell} ended with ${walk.exitCode}:\n${complaints}`);
  console.log(`\n${steps} requests, and each succeeded.`);
});
