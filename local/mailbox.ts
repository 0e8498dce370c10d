import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { faultQueue } from "./faults.ts";
import { inbox } from "./inbox.ts";
import { dropConnection, type LocalApp, listen } from "./listen.ts";
import { type Resend, recipientsOf, type SendRequest, startResend } from "./resend.ts";

export interface Mailbox {
  /** Resend's API, `/inbox` for people, and `/_control/…` for tests. */
  mail_url: string;
  stop(): Promise<void>;
}

/**
 * `status` returns an error and sends nothing. `hang` never responds, or drops the connection after `ms`. `after_send`
 * sends the mail, then drops the connection.
 */
const MailFault = z.object({
  mode: z.enum(["status", "hang", "after_send"]),
  count: z.int().positive(),
  status: z.int().min(400).max(599).default(500),
  ms: z.int().positive().optional(),
  /** For `status`: in how many seconds to come back. */
  retry_after: z.int().positive().optional(),
  match: z.string().min(1).optional(),
});
type MailFault = z.infer<typeof MailFault>;

/** A request to send mail, as tests see it. `status` is null if it got no response. */
interface Arrival {
  to: string[];
  idempotency_key: string | null;
  status: number | null;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A mail provider that keeps everything: Resend's API behind a proxy that can fail on demand and report what was sent.
 */
export async function startMailbox({
  port,
  data_file,
}: {
  port: number;
  data_file?: string | undefined;
}): Promise<Mailbox> {
  const resend = await startResend(data_file);
  const server = await listen(front(resend), port).catch(async (error: unknown) => {
    await resend.stop();
    throw error;
  });
  return {
    mail_url: server.url,
    async stop() {
      await server.stop();
      await resend.stop();
    },
  };
}

function front(resend: Resend): LocalApp {
  const faults = faultQueue<MailFault>();
  /** Addresses that Resend skips, after a bounce or a complaint: it takes their mails, and sends none. */
  const suppressed = new Set<string>();
  const arrivals: Arrival[] = [];
  const app = new Hono<{ Bindings: HttpBindings }>();

  const send = async (c: Context<{ Bindings: HttpBindings }>): Promise<Response> => {
    const { path } = c.req;
    const idempotency_key = c.req.header("Idempotency-Key") ?? null;
    const body = await c.req.text();
    const arrival: Arrival = { to: recipientsOf(body).flat(), idempotency_key, status: null };
    arrivals.push(arrival);
    const answer = (response: Response): Response => {
      arrival.status = response.status;
      return response;
    };
    // Unlike the real provider, the emulator does not check the key.
    if (!c.req.header("Authorization")?.startsWith("Bearer re_")) {
      return answer(refusal(401, "missing_api_key", "Missing API key"));
    }
    const fault = faults.take((text) => body.includes(text));
    if (fault?.mode === "status")
      return answer(refusal(fault.status, "application_error", "A fault caused this error", fault.retry_after));
    if (fault?.mode === "hang") {
      const gone = new AbortController();
      c.env.incoming.socket.once("close", () => gone.abort());
      await sleep(fault.ms ?? LONGEST_TIMER_MS, undefined, { signal: gone.signal }).catch(() => undefined);
      return dropConnection(c);
    }
    const response =
      path === "/emails/batch" && c.req.header("x-batch-validation") === "permissive"
        ? await sendPermissively(resend, { path, idempotency_key, body })
        : path === "/emails" && (skips.has(idempotency_key ?? "") || arrival.to.some((to) => suppressed.has(to)))
          ? skipped(idempotency_key)
          : await resend.send({ path, idempotency_key, body });
    return fault?.mode === "after_send" ? dropConnection(c) : answer(response);
  };
  app.post("/emails", send);
  app.post("/emails/batch", send);

  /** What a mail that is skipped is called. Under the same key, it stays skipped, even if its address is no longer listed. */
  const skips = new Map<string, string>();
  const skipped = (key: string | null): Response => {
    const id = skips.get(key ?? "") ?? crypto.randomUUID();
    if (key !== null) skips.set(key, id);
    return Response.json({ id });
  };

  // https://resend.com/docs/api-reference/suppressions/remove-suppression
  app.delete("/suppressions/:address", (c) => {
    const address = c.req.param("address");
    if (!c.req.header("Authorization")?.startsWith("Bearer re_"))
      return refusal(401, "missing_api_key", "Missing API key");
    const fault = faults.take((text) => `DELETE ${address}`.includes(text));
    if (fault?.mode === "status") return refusal(fault.status, "restricted_api_key", "A fault caused this error");
    if (!suppressed.delete(address)) return refusal(404, "not_found", "Suppression not found");
    return c.json({ object: "suppression", id: crypto.randomUUID(), deleted: true });
  });
  app.post("/_control/suppressions", async (c) => {
    suppressed.add(
      z
        .object({ email: z.string() })
        .parse(await c.req.json())
        .email.toLowerCase(),
    );
    return c.body(null, 204);
  });

  app.post("/_control/faults", async (c) => {
    const fault = MailFault.safeParse(await c.req.json());
    if (!fault.success) return c.json({ message: z.prettifyError(fault.error) }, 400);
    faults.add(fault.data);
    return c.body(null, 204);
  });
  app.delete("/_control/faults", (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.get("/_control/messages", async (c) => c.json(await resend.messagesTo(c.req.query("to") ?? "")));
  app.get("/_control/requests", (c) => {
    const to = c.req.query("to")?.toLowerCase() ?? "";
    const requests = arrivals.filter((arrival) => arrival.to.includes(to));
    return c.json({ count: requests.length, requests });
  });

  app.get("/", (c) => c.redirect("/inbox"));
  app.route("/", inbox(resend));
  app.all("*", async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const { method } = c.req;
    const body = method === "GET" || method === "HEAD" ? null : await c.req.raw.arrayBuffer();
    const headers = { "Content-Type": c.req.header("Content-Type") ?? "application/json" };
    return fetch(resend.url + pathname + search, { method, headers, body, redirect: "manual" });
  });
  return app;
}

/** An error in Resend's format. */
function refusal(statusCode: number, name: string, message: string, retry_after?: number): Response {
  const headers = retry_after === undefined ? {} : { "Retry-After": String(retry_after) };
  return Response.json({ statusCode, name, message }, { status: statusCode, headers });
}

/** Like Resend, and unlike the emulator, sends the valid mails of a batch and names the others. */
async function sendPermissively(resend: Resend, request: SendRequest): Promise<Response> {
  const mails = z.array(z.looseObject({ to: z.array(z.string()) })).parse(JSON.parse(request.body));
  const isValid = ({ to }: { to: string[] }) => to.every((address) => z.email().safeParse(address).success);
  const errors = mails.flatMap((mail, index) =>
    isValid(mail) ? [] : { index, message: "Invalid `to` field. The email address needs to follow the standard." },
  );
  const answer = await resend.send({ ...request, body: JSON.stringify(mails.filter(isValid)) });
  if (!answer.ok) return answer;
  return Response.json({ ...z.looseObject({}).parse(await answer.json()), errors });
}
