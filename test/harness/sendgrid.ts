import { randomUUID } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { onTestFinished } from "vitest";
import * as z from "zod";
import { dropConnection, listen } from "../../local/listen.ts";

const Address = z.strictObject({ email: z.email(), name: z.string().optional() });
const Off = z.strictObject({ enable: z.boolean(), enable_text: z.boolean().optional() });

/**
 * What we send of `POST /v3/mail/send`, as https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 * publishes it.
 */
const SendGridMail = z.strictObject({
  personalizations: z
    .array(
      z.strictObject({
        to: z.array(Address).min(1),
        custom_args: z.record(z.string(), z.string()).optional(),
      }),
    )
    .min(1)
    .max(1000),
  from: Address,
  reply_to: Address.optional(),
  subject: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  content: z.tuple([
    z.strictObject({ type: z.literal("text/plain"), value: z.string().min(1) }),
    z.strictObject({ type: z.literal("text/html"), value: z.string().min(1) }),
  ]),
  mail_settings: z
    .strictObject({ bypass_list_management: z.strictObject({ enable: z.boolean() }).optional() })
    .optional(),
  tracking_settings: z.strictObject({
    click_tracking: Off,
    open_tracking: Off,
    subscription_tracking: Off,
    ganalytics: Off,
  }),
});

/** How it answers the next request: with a status, or `drop` sends the mail and drops the connection. */
type Answer = { status: number; headers?: Record<string, string> } | "drop";

/** A strict stand-in for SendGrid until the test is over. */
export async function startSendGrid() {
  const received: { id: string; mail: z.infer<typeof SendGridMail> }[] = [];
  const answers: Answer[] = [];
  const requests: string[] = [];
  /** Its lists of addresses that it skips: it takes their mails, and sends none. */
  const lists = { bounces: new Set<string>(), spam_reports: new Set<string>() };
  const dropped: string[] = [];
  const removals: number[] = [];
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post("/v3/mail/send", async (c) => {
    if (c.req.header("Authorization") !== "Bearer SG.tests") return refusal(401, "authorization required");
    if (c.req.header("Content-Type") !== "application/json") return refusal(415, "Content-Type should be JSON");
    const mail = SendGridMail.safeParse(await c.req.json());
    requests.push(mail.data?.personalizations[0]?.to[0]?.email ?? "");
    const answer = answers.shift();
    if (answer && answer !== "drop") return refusal(answer.status, "as the test wants", answer.headers);
    if (!mail.success) return refusal(400, z.prettifyError(mail.error));
    const id = randomUUID();
    const to = mail.data.personalizations[0]?.to[0]?.email ?? "";
    const skips = Object.values(lists).some((list) => list.has(to));
    if (skips && !mail.data.mail_settings?.bypass_list_management?.enable) dropped.push(to);
    else received.push({ id, mail: mail.data });
    return answer === "drop" ? dropConnection(c) : new Response(null, { status: 202, headers: { "X-Message-Id": id } });
  });
  app.delete("/v3/suppression/:list/:email", (c) => {
    if (c.req.header("Authorization") !== "Bearer SG.tests") return refusal(401, "authorization required");
    const answer = removals.shift();
    if (answer) return refusal(answer, "as the test wants");
    const list = lists[z.enum(["bounces", "spam_reports"]).parse(c.req.param("list"))];
    return list.delete(c.req.param("email")) ? c.body(null, 204) : refusal(404, "not found");
  });
  const server = await listen(app, 0);
  onTestFinished(server.stop);
  return {
    settings: { MAIL_PROVIDER: "sendgrid", MAIL_API_BASE: server.url, MAIL_API_KEY: "SG.tests" },
    received,
    lists,
    /** The addresses of mails that it took and did not send. */
    dropped,
    /** How it answers the next requests to take an address off a list. */
    refuseRemovals: (...statuses: number[]) => void removals.push(...statuses),
    /** The addresses of all requests, whatever became of them. */
    requests,
    answerNext: (answer: Answer) => void answers.push(answer),
  };
}

const refusal = (status: number, message: string, headers: Record<string, string> = {}) =>
  Response.json({ errors: [{ message, field: null, help: null }] }, { status, headers });
