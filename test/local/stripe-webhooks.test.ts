import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { controlFor, sdkFor } from "../../local/stripe/control-client.ts";
import { type RunningStripe, startStripe } from "../../local/stripe/server.ts";

const webhook_secret = "whsec_of_the_webhook_tests";

interface Received {
  signature: string;
  body: string;
  event: Stripe.Event;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server that listens has a port");
  return `http://127.0.0.1:${address.port}`;
}

/** Stands where the Worker's webhook endpoint stands; `answer` decides the status of each delivery. */
async function startReceiver() {
  const received: Received[] = [];
  const receiver = { received, answer: (_: Stripe.Event): number => 200, url: "", stop: async () => {} };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const event: Stripe.Event = JSON.parse(body);
    received.push({ signature: String(request.headers["stripe-signature"]), body, event });
    response.writeHead(receiver.answer(event)).end("thanks");
  });
  receiver.url = `${await listening(server)}/api/webhooks/stripe`;
  receiver.stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return receiver;
}

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let running: RunningStripe;
let stripe: Stripe;
let control: ReturnType<typeof controlFor>;

beforeEach(async () => {
  receiver = await startReceiver();
  running = await startStripe({ port: 0, webhook_secret, webhook_url: receiver.url });
  stripe = sdkFor(running.stripe_url);
  control = controlFor(running.stripe_url);
});

afterEach(async () => {
  await running.stop();
  await receiver.stop();
});

/** Deliveries take their time, and more of it on a busy machine. */
function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 15_000 });
}

function types(): string[] {
  return receiver.received.map(({ event }) => event.type);
}

async function checkout(mark = "one"): Promise<string> {
  const { id } = await stripe.checkout.sessions.create({
    mode: "payment",
    customer_email: "ann@example.org",
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 1500, product_data: { name: "Donation" } } },
    ],
    metadata: { mark },
    payment_intent_data: { metadata: { mark } },
    success_url: "http://app.test/thanks",
  });
  return id;
}

const PAID = ["checkout.session.completed", "payment_intent.created", "payment_intent.succeeded", "charge.succeeded"];

describe("an event", () => {
  it("is signed so that the SDK accepts it, and not with another secret or another body", async () => {
    await control.pay(await checkout());
    await eventually(types).toEqual(PAID);
    const [first] = receiver.received;
    const { body = "", signature = "" } = first ?? {};
    const verify = (text: string, secret: string) =>
      stripe.webhooks.constructEventAsync(text, signature, secret, undefined, Stripe.createSubtleCryptoProvider());
    expect(await verify(body, webhook_secret)).toMatchObject({
      data: { object: { object: "checkout.session", payment_status: "paid" } },
      type: "checkout.session.completed",
    });
    await expect(verify(body, "whsec_other")).rejects.toBeInstanceOf(Stripe.errors.StripeSignatureVerificationError);
    await expect(verify(body.replace("paid", "free"), webhook_secret)).rejects.toThrow();
  });

  it("carries the real time, inside and in its signature, also when it tells of a day to come", async () => {
    await checkout();
    const { event_ids } = await control.advance(2);
    await eventually(types).toEqual(["checkout.session.expired"]);
    const [first] = receiver.received;
    const { body = "", signature = "" } = first ?? {};
    const event = await stripe.webhooks.constructEventAsync(body, signature, webhook_secret);
    expect(event.id).toBe(event_ids[0]);
    expect(Math.abs(event.created - Date.now() / 1000)).toBeLessThan(60);
    expect(event.data.object).toMatchObject({ object: "checkout.session", status: "expired" });
  });

  it("tells which request it came from", async () => {
    const customer = await stripe.customers.create({}, { idempotencyKey: "cause-1" });
    await eventually(types).toEqual(["customer.created"]);
    expect(receiver.received[0]?.event.request).toEqual({
      id: customer.lastResponse.requestId,
      idempotency_key: "cause-1",
    });
  });

  it("comes again after a 500 until it is accepted, and holds up no other", async () => {
    let refusing = true;
    receiver.answer = (event) => (refusing && event.type === "payment_intent.created" ? 500 : 200);
    await control.pay(await checkout());
    await eventually(types).toEqual(expect.arrayContaining(PAID));
    const refused = async () => (await control.deliveries()).find(({ type }) => type === "payment_intent.created");
    await eventually(refused).toMatchObject({ delivered: false, last_status: 500, state: "pending" });
    refusing = false;
    await eventually(refused).toMatchObject({ delivered: true, last_status: 200 });
    expect((await refused())?.attempts).toBeGreaterThan(1);
    const others = (await control.deliveries()).filter(({ type }) => type !== "payment_intent.created");
    expect(others.map(({ attempts, state }) => [attempts, state])).toEqual(others.map(() => [1, "delivered"]));
    expect(await stripe.events.list({ delivery_success: false })).toMatchObject({ data: [] });
  });

  it("waits for an endpoint when there is none yet", async () => {
    const early = await startStripe({ port: 0, webhook_secret: "whsec_early" });
    try {
      await sdkFor(early.stripe_url).customers.create({});
      expect(await controlFor(early.stripe_url).deliveries()).toMatchObject([{ attempts: 0, state: "pending" }]);
      await controlFor(early.stripe_url).webhooks({ url: receiver.url, secret: webhook_secret });
      await eventually(types).toEqual(["customer.created"]);
      const { body = "", signature = "" } = receiver.received[0] ?? {};
      await expect(stripe.webhooks.constructEventAsync(body, signature, webhook_secret)).resolves.toBeTruthy();
    } finally {
      await early.stop();
    }
  });
});

describe("control over deliveries", () => {
  it("withholds events, which then come in the order, and as often, as a test wants", async () => {
    await control.deliveryMode("manual", "mark-of-mine");
    const mine = await control.pay(await checkout("mark-of-mine"));
    const other = await control.pay(await checkout("another"));
    await eventually(types).toEqual(PAID);
    expect(receiver.received.map(({ event }) => event.id)).toEqual(other.event_ids);

    receiver.answer = (event) => (event.type === "charge.succeeded" ? 503 : 200);
    const [completed = "", , , charged = ""] = mine.event_ids;
    const attempts = await control.deliver([charged, completed], 2);
    expect(attempts.map(({ event_id, status }) => [event_id, status])).toEqual([
      [charged, 503],
      [completed, 200],
      [charged, 503],
      [completed, 200],
    ]);
    expect(attempts[0]?.body).toBe("thanks");
    expect(types().slice(4)).toEqual(["charge.succeeded", PAID[0], "charge.succeeded", PAID[0]]);
    const reports = await control.deliveries("mark-of-mine");
    expect(reports.map(({ attempts: tries, state }) => [tries, state])).toEqual([
      [2, "delivered"],
      [0, "manual"],
      [0, "manual"],
      [2, "manual"],
    ]);
  });

  it("lets withheld events go when nothing withholds them any more", async () => {
    await control.deliveryMode("withhold");
    await control.pay(await checkout());
    expect((await control.deliveries()).map(({ state }) => state)).toEqual(PAID.map(() => "withheld"));
    expect(types()).toEqual([]);
    await control.deliveryMode("normal");
    await eventually(types).toEqual(PAID);
  });

  it("holds back what was waiting for another try", async () => {
    receiver.answer = () => 500;
    await stripe.customers.create({});
    await eventually(() => types().length).toBeGreaterThan(0);
    await control.deliveryMode("withhold");
    const report = async () => (await control.deliveries())[0];
    await eventually(report).toMatchObject({ last_status: 500, state: "withheld" });
    expect((await report())?.attempts).toBe(receiver.received.length);
  });

  it("reverses the events of one action", async () => {
    await control.deliveryMode("reverse");
    await control.pay(await checkout());
    await eventually(types).toEqual(PAID.toReversed());
  });

  it("sends everything twice", async () => {
    await control.deliveryMode("duplicate");
    await control.pay(await checkout());
    await eventually(types).toEqual(PAID.flatMap((type) => [type, type]));
    const ids = receiver.received.map(({ event }) => event.id);
    expect(new Set(ids).size).toBe(PAID.length);
  });

  it("shows a receiver that cannot be reached", async () => {
    const gone = await startReceiver();
    await gone.stop();
    await control.webhooks({ url: gone.url });
    await control.deliveryMode("manual");
    const { event_ids } = await control.expire(await checkout());
    expect(await control.deliver(event_ids)).toMatchObject([{ status: null }]);
    expect(await control.deliveries()).toMatchObject([{ attempts: 1, last_status: null }]);
  });
});

describe("a data file", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stripe-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("carries objects, idempotency keys, clocks and undelivered events over a restart", async () => {
    const data_file = join(folder, "deep", "stripe.json");
    const before = await startStripe({ port: 0, webhook_secret, data_file });
    const sdk = sdkFor(before.stripe_url);
    const customer = await sdk.customers.create({ email: "kept@example.org" }, { idempotencyKey: "kept-1" });
    const session = await sdk.checkout.sessions.create({
      mode: "subscription",
      customer: customer.id,
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: "usd",
            unit_amount: 1000,
            product_data: { name: "Dues" },
            recurring: { interval: "day", interval_count: 10 },
          },
        },
      ],
      success_url: "http://app.test/paid",
    });
    await controlFor(before.stripe_url).pay(session.id);
    await controlFor(before.stripe_url).advance(11);
    const known = (await sdk.events.list({ limit: 100 })).data.map(({ id }) => id);
    await before.stop();
    expect(receiver.received).toEqual([]);

    const after = await startStripe({ port: 0, webhook_secret, webhook_url: receiver.url, data_file });
    try {
      const again = sdkFor(after.stripe_url);
      const replayed = await again.customers.create({ email: "kept@example.org" }, { idempotencyKey: "kept-1" });
      expect(replayed.id).toBe(customer.id);
      expect(await again.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "complete" });
      await eventually(() => receiver.received.map(({ event }) => event.id).sort()).toEqual(known.sort());
      await controlFor(after.stripe_url).advance(10, customer.id);
      const { data } = await again.invoices.list({ customer: customer.id });
      expect(data).toHaveLength(3);
    } finally {
      await after.stop();
    }
  });
});

it("stops at once, with a delivery and a request under way", async () => {
  const slow = createServer(() => {});
  const busy = await startStripe({ port: 0, webhook_secret, webhook_url: await listening(slow) });
  await controlFor(busy.stripe_url).fault({ mode: "hang", match: "Forever" });
  const hanging = sdkFor(busy.stripe_url).customers.create({ name: "Forever" });
  const lost = expect(hanging).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
  await sdkFor(busy.stripe_url).customers.create({});
  const started = Date.now();
  await busy.stop();
  await lost;
  expect(Date.now() - started).toBeLessThan(2000);
  slow.closeAllConnections();
  await new Promise<void>((resolve) => slow.close(() => resolve()));
});
