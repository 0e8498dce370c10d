import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type Stripe from "stripe";
import * as z from "zod";
import { askJson, read } from "../doctor/ask.ts";
import { type CheckResult, type Finding, kindOf, notChecked, ok, wrong } from "../doctor/check.ts";
import { askStripe } from "../doctor/stripe.ts";

/** What a smoke test is given. Without a person, a file or Stripe, some of it is not checked. */
export interface Smoke {
  /** API_URL. */
  url: string;
  person: { email: string; password: string } | undefined;
  heic: string | undefined;
  stripe: Stripe | undefined;
  /** How long the mail provider and Stripe may take. */
  patience_ms: number;
}

type Test = (smoke: Smoke, token: string | undefined) => Promise<Finding>;

/** Tests a deployed Worker over HTTP, as clients use it. */
export async function smokeTest(smoke: Smoke): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const note = async (name: string, test: () => Promise<Finding>) => {
    const finding = await test().catch((error: unknown) => wrong(`no answer (${kindOf(error)})`, LOGS));
    results.push({ name: `smoke: ${name}`, ...finding });
  };
  for (const [name, test] of Object.entries(OPEN)) await note(name, () => test(smoke, undefined));
  let token: string | undefined;
  await note("sign in", async () => {
    const { finding, access_token } = await signIn(smoke);
    token = access_token;
    return finding;
  });
  for (const [name, test] of Object.entries(SIGNED_IN))
    await note(name, async () => (token === undefined ? notChecked("nobody is signed in") : test(smoke, token)));
  return results;
}

const LOGS = "See npx wrangler tail, and docs/deploying.md, Troubleshooting.";

const answers =
  (path: string, status = 200): Test =>
  async ({ url }) => {
    const reply = await askJson(`${url}${path}`);
    return reply.status === status ? ok(`${path} answers ${status}`) : wrong(`${path} answers ${reply.status}`, LOGS);
  };

const unsignedEvent: Test = async ({ url }) => {
  const { status } = await askJson(`${url}/api/webhooks/stripe`, undefined, { method: "POST", body: "{}" });
  return status === 400 ? ok("is refused") : wrong(`is answered with ${status}, not 400`, LOGS);
};

const OPEN: Record<string, Test> = {
  ready: answers("/health/ready"),
  branding: answers("/api/branding"),
  documentation: answers("/openapi.json"),
  "refusing strangers": answers("/api/auth/me", 401),
  "unsigned Stripe event": unsignedEvent,
};

const SignedIn = z.object({ access_token: z.string() });

async function signIn({ url, person }: Smoke): Promise<{ finding: Finding; access_token?: string }> {
  if (!person)
    return {
      finding: notChecked(
        "there is nobody to sign in",
        "Set SMOKE_EMAIL and SMOKE_PASSWORD of an account made for this.",
      ),
    };
  const reply = await askJson(`${url}/api/auth/login`, undefined, json(person));
  const signed = read(SignedIn, reply);
  if (signed) return { finding: ok("works"), access_token: signed.access_token };
  if (reply.status === 200)
    return { finding: notChecked("the person has a second factor, which nobody can type here") };
  return { finding: wrong(`is answered with ${reply.status}`, "Is the person active, and the password right?") };
}

const json = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

/** Only Cloudflare can decode HEIC, so this is the first place where it can be tried. */
const heicPhoto: Test = async ({ url, heic }, token) => {
  if (!heic) return notChecked("there is no photo", "Pass --heic FILE, such as a photo from an iPhone.");
  const form = new FormData();
  form.set("file", new Blob([await readFile(heic)], { type: "image/heic" }), basename(heic));
  const reply = await askJson(`${url}/api/members/profile/upload-photo`, token, { method: "POST", body: form });
  if (reply.status === 200) return ok("was stored as the person's photo");
  return wrong(
    `is answered with ${reply.status} ${codeIn(reply.body)}`,
    "Is Images on for the account? See docs/operations.md.",
  );
};

const Outbox = z.object({
  items: z.array(z.object({ status: z.string(), last_error: z.string().nullable() })).max(1),
});

const KEY = "Is MAIL_API_KEY right, and the domain verified? npm run doctor looks.";

/** What became of the newest email to an address: whoever may send it may look. */
async function mailFate({ url, person, patience_ms }: Smoke, token: string | undefined): Promise<Finding> {
  const path = `/api/admin/outbox?template=approval&limit=1&email=${encodeURIComponent(person?.email ?? "")}`;
  const until = Date.now() + patience_ms;
  for (;;) {
    const [mail] = read(Outbox, await askJson(`${url}${path}`, token))?.items ?? [];
    if (!mail) return wrong("is not in the outbox", LOGS);
    if (mail.status === "sent") return ok("was taken by the provider: look in the person's mailbox");
    if (mail.status === "withheld")
      return notChecked(`was withheld (${mail.last_error})`, "In staging, MAIL_ALLOWED names who gets email.");
    if (mail.last_error) return wrong(`is ${mail.status}: the provider answers ${mail.last_error}`, KEY);
    if (Date.now() > until) return wrong("has not left yet", LOGS);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const mailToMyself: Test = async (smoke, token) => {
  const reply = await askJson(`${smoke.url}/api/admin/email-templates/approval/test`, token, { method: "POST" });
  if (reply.status === 200) return mailFate(smoke, token);
  if (reply.status === 403) return notChecked("the person may not send it", "Give them a role with settings.email.");
  return wrong(`is answered with ${reply.status} ${codeIn(reply.body)}`, LOGS);
};

const EventPage = z.object({ items: z.array(z.object({ status: z.string() })) });

/** A customer that is made and deleted causes an event that changes nothing here. No money moves, in either mode. */
const eventFromStripe: Test = async ({ url, stripe, patience_ms }, token) => {
  if (!stripe) return notChecked("STRIPE_SECRET_KEY was not given");
  const events = (object_id: string) =>
    askJson(`${url}/api/admin/webhook-events?limit=1&object_id=${encodeURIComponent(object_id)}`, token);
  const { status } = await events("none");
  if (status === 403)
    return notChecked("the person may not see Stripe's events", "Give them a role with settings.audit.");
  if (status !== 200) return wrong(`cannot be looked for: ${status}`, LOGS);
  let id = "";
  const made = await askStripe("Customers, write", async () => {
    id = (await stripe.customers.create({ description: "Made and deleted to test the webhook" })).id;
    await stripe.customers.del(id);
    return ok("was made");
  });
  if (made.state !== "ok") return made;
  const until = Date.now() + patience_ms;
  for (;;) {
    const [event] = read(EventPage, await events(id))?.items ?? [];
    if (event) return ok("arrived, and its signature is right");
    if (Date.now() > until)
      return wrong(
        "did not arrive",
        "In Stripe's dashboard, the webhook says what became of it. 400: STRIPE_WEBHOOK_SECRET is another endpoint's.",
      );
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
};

const SIGNED_IN: Record<string, Test> = {
  "HEIC photo": heicPhoto,
  "email to myself": mailToMyself,
  "event from Stripe": eventFromStripe,
};

const codeIn = (body: unknown) => z.object({ code: z.string() }).safeParse(body).data?.code ?? "";
