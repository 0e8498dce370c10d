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
    received.push({ id, mail: mail.data });
    return answer === "drop" ? dropConnection(c) : new Response(null, { status: 202, headers: { "X-Message-Id": id } });
  });
  const server = await listen(app, 0);
  onTestFinished(server.stop);
  return {
    settings: { MAIL_PROVIDER: "sendgrid", MAIL_API_BASE: server.url, MAIL_API_KEY: "SG.tests" },
    received,
    /** The addresses of all requests, whatever became of them. */
    requests,
    answerNext: (answer: Answer) => void answers.push(answer),
  };
}

const refusal = (status: number, message: string, headers: Record<string, string> = {}) =>
  Response.json({ errors: [{ message, field: null, help: null }] }, { status, headers });
