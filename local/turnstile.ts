import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import * as z from "zod";
import { type Fault, faultQueue } from "./faults.ts";
import { dropConnection, listen } from "./listen.ts";

/**
 * `hang` never responds, `drop` closes the connection, `status` returns that status, `html` returns a page instead of a
 * verdict, and `codes` returns a failure with these codes.
 */
export type TurnstileFault = Fault &
  (
    | { mode: "hang" | "drop" | "html" }
    | { mode: "status"; status: 400 | 500 | 502 }
    | { mode: "codes"; codes: string[] }
  );

export interface Turnstile {
  url: string;
  /** Every verification request for a token, with everything that was sent. */
  questionsAbout(token: string): Record<string, string>[];
  /** Makes the next requests whose token contains `match` fail. */
  fail(fault: TurnstileFault): void;
  stop(): Promise<void>;
}

const Question = z.strictObject({
  secret: z.string().optional(),
  response: z.string().max(2048).optional(),
  remoteip: z.union([z.ipv4(), z.ipv6()]).optional(),
  idempotency_key: z.uuid().optional(),
});

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Cloudflare's siteverify for tests, on any free port:
 * https://developers.cloudflare.com/turnstile/get-started/server-side-validation/ A token that begins with `human` is
 * valid once. Parameters that the real service ignores are rejected here.
 */
export async function startTurnstile(secret: string): Promise<Turnstile> {
  const questions: Record<string, string>[] = [];
  const used = new Set<string>();
  const faults = faultQueue<TurnstileFault>();
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.post("/turnstile/v0/siteverify", async (c) => {
    const refused = (...codes: string[]) => c.json({ success: false, "error-codes": codes, messages: [] });
    const form = c.req.header("Content-Type")?.startsWith("application/x-www-form-urlencoded");
    if (!form) return refused("bad-request");
    const sent = Object.fromEntries(new URLSearchParams(await c.req.text()));
    questions.push(sent);
    const question = Question.safeParse(sent);
    if (!question.success) return refused("bad-request");
    const token = question.data.response ?? "";

    const fault = faults.take((text) => token.includes(text));
    if (fault?.mode === "status") return c.text("A fault caused this error", fault.status);
    if (fault?.mode === "html") return c.html("<!doctype html><title>Just a moment</title>");
    if (fault?.mode === "codes") return refused(...fault.codes);
    if (fault?.mode === "hang") {
      const gone = new AbortController();
      c.env.incoming.socket.once("close", () => gone.abort());
      await sleep(LONGEST_TIMER_MS, undefined, { signal: gone.signal }).catch(() => undefined);
    }
    if (fault) return dropConnection(c);

    if (!question.data.secret) return refused("missing-input-secret");
    if (question.data.secret !== secret) return refused("invalid-input-secret");
    if (!token) return refused("missing-input-response");
    if (!token.startsWith("human")) return refused("invalid-input-response");
    if (used.has(token)) return refused("timeout-or-duplicate");
    used.add(token);
    return c.json({
      success: true,
      challenge_ts: new Date().toISOString(),
      hostname: "loaf.test",
      "error-codes": [],
      action: "",
      cdata: "",
    });
  });

  const { url, stop } = await listen(app, 0);
  return {
    url,
    questionsAbout: (token) => questions.filter(({ response }) => response === token),
    fail: (fault) => faults.add(fault),
    stop,
  };
}
