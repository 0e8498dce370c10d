import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { ownStripe } from "./own-stripe.ts";

const { stripe_url, stripe, control } = await ownStripe();

const gift = {
  mode: "payment",
  line_items: [{ quantity: 1, price_data: { currency: "usd", unit_amount: 1500, product_data: { name: "Donation" } } }],
  success_url: "http://app.test/thanks",
} satisfies Stripe.Checkout.SessionCreateParams;

/** A request as it goes over the wire, for what the SDK would not send. */
function raw(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(stripe_url + path, {
    ...init,
    headers: { Authorization: "Bearer sk_test_local", ...init.headers },
  });
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return raw(path, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
  });
}

function header({ lastResponse }: Stripe.Response<object>, name: string): string | null {
  return new Headers(lastResponse.headers).get(name);
}

describe("a request", () => {
  it("needs a test key, as a Bearer token or as a Basic user name", async () => {
    const status = async (Authorization: string) => {
      const response = await fetch(`${stripe_url}/v1/customers`, { headers: { Authorization } });
      return response.status;
    };
    expect(await status("")).toBe(401);
    expect(await status("Bearer pk_live_x")).toBe(401);
    expect(await status(`Basic ${btoa("nonsense:")}`)).toBe(401);
    expect(await status("Bearer sk_test_x")).toBe(200);
    expect(await status(`Basic ${btoa("sk_test_x:")}`)).toBe(200);
    const stranger = new Stripe("wrong", {
      host: "127.0.0.1",
      port: new URL(stripe_url).port,
      protocol: "http",
      maxNetworkRetries: 0,
    });
    await expect(stranger.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  });

  it("is answered with its version and an id, and an error points at its log", async () => {
    const response = await raw("/v1/customers", { headers: { "Stripe-Version": "2026-10-28.endive" } });
    expect(response.headers.get("stripe-version")).toBe("2026-10-28.endive");
    expect(response.headers.get("request-id")).toMatch(/^req_\w{14}$/);
    const refused = await raw("/v1/customers/cus_none");
    expect(refused.status).toBe(404);
    expect(await refused.json()).toEqual({
      error: {
        type: "invalid_request_error",
        code: "resource_missing",
        message: "No such customer: 'cus_none'",
        param: "id",
        request_log_url: `${stripe_url}/_control/requests?match=${refused.headers.get("request-id")}`,
      },
    });
  });

  it("to a URL or with a method that does not exist is told so", async () => {
    for (const [method, path] of [
      ["GET", "/v1/coupons"],
      ["POST", "/v1/events"],
      ["DELETE", "/v1/refunds/re_1"],
    ]) {
      const response = await raw(path ?? "", { method: method ?? "" });
      expect(response.status).toBe(404);
      expect(await response.text()).toContain(`Unrecognized request URL (${method}: ${path}).`);
    }
  });

  it("has to be form-encoded", async () => {
    const response = await raw("/v1/customers", {
      method: "POST",
      body: "{}",
      headers: { "Content-Type": "application/json" },
    });
    expect(response.status).toBe(400);
  });
});

describe("a parameter", () => {
  const create = (change: object) => stripe.checkout.sessions.create({ ...gift, ...change });
  const line = (change: object) => ({ line_items: [{ ...gift.line_items[0], ...change }] });
  const price = (change: object) => line({ price_data: { ...gift.line_items[0]?.price_data, ...change } });

  it.each([
    ["unknown", { colour: "red" }, "parameter_unknown", "colour"],
    ["unknown deep inside", price({ tint: "red" }), "parameter_unknown", "line_items[0][price_data][tint]"],
    ["missing", { mode: undefined }, "parameter_missing", "mode"],
    ["missing deep inside", line({ price_data: undefined }), "parameter_missing", "line_items[0][price_data]"],
    ["no number", price({ unit_amount: "1.5" }), "parameter_invalid_integer", "line_items[0][price_data][unit_amount]"],
    [
      "empty",
      price({ product_data: { name: "" } }),
      "parameter_invalid_empty",
      "line_items[0][price_data][product_data][name]",
    ],
    ["no URL", { success_url: "nowhere" }, "url_invalid", "success_url"],
    ["no email address", { customer_email: "ann" }, "email_invalid", "customer_email"],
    ["outside the list", { mode: "setup" }, undefined, "mode"],
    ["too small an amount", price({ unit_amount: 49 }), "amount_too_small", "line_items"],
    [
      "a recurring price in a payment",
      price({ recurring: { interval: "month" } }),
      undefined,
      "line_items[0][price_data][recurring]",
    ],
    ["for the other mode", { subscription_data: { description: "x" } }, undefined, "subscription_data"],
    [
      "a second way to name the customer",
      { customer: "cus_1", customer_email: "a@example.org" },
      undefined,
      "customer",
    ],
    ["an unknown customer", { customer: "cus_1" }, "resource_missing", "customer"],
    ["too early an expiry", { expires_at: Math.floor(Date.now() / 1000) + 60 }, undefined, "expires_at"],
    ["too late an expiry", { expires_at: Math.floor(Date.now() / 1000) + 90_000 }, undefined, "expires_at"],
    ["metadata with too long a value", { metadata: { note: "x".repeat(501) } }, undefined, "metadata[note]"],
    ["a property that cannot be expanded", { expand: ["metadata"] }, undefined, "expand"],
  ])("that is %s is refused by name", async (_, change, code, param) => {
    await expect(create(change)).rejects.toMatchObject({
      code,
      param,
      statusCode: 400,
      type: "StripeInvalidRequestError",
    });
  });

  it("may hold any text as a metadata key", async () => {
    const response = await post("/v1/customers", "metadata[0]=zero&metadata[__proto__]=odd&metadata[a%20b]=c%26d");
    expect(await response.json()).toMatchObject({ metadata: { 0: "zero", "a b": "c&d" } });
  });

  it("unsets metadata key by key, or all of it, when it is empty", async () => {
    const { id } = await stripe.customers.create({ metadata: { one: "1", two: "2" }, name: "Ann" });
    expect((await stripe.customers.update(id, { metadata: { one: "", three: "3" } })).metadata).toEqual({
      two: "2",
      three: "3",
    });
    expect(await stripe.customers.update(id, { metadata: "", name: "" })).toMatchObject({ metadata: {}, name: null });
  });
});

describe("an idempotency key", () => {
  it("repeats a refusal too", async () => {
    const idempotencyKey = "refused-2";
    const gone = { ...gift, customer: "cus_gone" };
    for (const replayed of [undefined, "true"])
      await expect(stripe.checkout.sessions.create(gone, { idempotencyKey })).rejects.toSatisfy(
        (error) =>
          error instanceof Stripe.errors.StripeInvalidRequestError &&
          error.code === "resource_missing" &&
          error.headers?.["idempotent-replayed"] === replayed,
      );
  });

  it("repeats the first answer and does nothing a second time", async () => {
    const idempotencyKey = "replay-1";
    const first = await stripe.checkout.sessions.create(gift, { idempotencyKey });
    const second = await stripe.checkout.sessions.create(gift, { idempotencyKey });
    expect(second.id).toBe(first.id);
    expect(header(first, "Idempotent-Replayed")).toBeNull();
    expect(header(second, "Idempotent-Replayed")).toBe("true");
    expect(header(second, "Original-Request")).toBe(first.lastResponse.requestId);
    expect((await control.requests("replay-1")).map(({ replayed }) => replayed)).toEqual([false, true]);
  });

  it("does not serve for other parameters, nor for another URL", async () => {
    const idempotencyKey = "mismatch-1";
    await stripe.customers.create({ name: "Ann" }, { idempotencyKey });
    for (const other of [
      stripe.customers.create({ name: "Bob" }, { idempotencyKey }),
      stripe.refunds.create({ charge: "ch_1" }, { idempotencyKey }),
    ]) {
      await expect(other).rejects.toMatchObject({ statusCode: 400, type: "StripeIdempotencyError" });
    }
  });

  it("is refused while its first request is under way", async () => {
    await control.fault({ mode: "delay", ms: 1500, match: "name=Slow" });
    const headers = { "Idempotency-Key": "parallel-1" };
    const slow = post("/v1/customers", "name=Slow", headers);
    await expect.poll(() => control.requests("parallel-1"), { timeout: 10_000 }).toHaveLength(1);
    const second = await post("/v1/customers", "name=Slow", headers);
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ error: { type: "idempotency_error" } });
    expect((await slow).status).toBe(200);
    expect((await post("/v1/customers", "name=Slow", headers)).headers.get("idempotent-replayed")).toBe("true");
  });

  it("is free again after a request whose parameters were invalid in themselves", async () => {
    const idempotencyKey = "refused-1";
    await expect(stripe.customers.create({ email: "nobody" }, { idempotencyKey })).rejects.toThrow();
    expect(await stripe.customers.create({ email: "a@example.org" }, { idempotencyKey })).toMatchObject({
      object: "customer",
    });
  });
});

describe("a list", () => {
  it("comes newest first and in pages", async () => {
    const email = "list@example.org";
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift((await stripe.customers.create({ email })).id);
    const first = await stripe.customers.list({ email, limit: 2 });
    expect(first).toMatchObject({ has_more: true, object: "list", url: "/v1/customers" });
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const last = await stripe.customers.list({ email, limit: 3, starting_after: ids[1] ?? "" });
    expect([last.has_more, last.data.map(({ id }) => id)]).toEqual([false, ids.slice(2)]);
    const before = await stripe.customers.list({ email, limit: 2, ending_before: ids[3] ?? "" });
    expect([before.has_more, before.data.map(({ id }) => id)]).toEqual([true, ids.slice(1, 3)]);
    const all = await stripe.customers.list({ email, limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(ids);
    await expect(stripe.customers.list({ starting_after: "cus_none" })).rejects.toMatchObject({
      param: "starting_after",
    });
    await expect(stripe.customers.list({ limit: 101 })).rejects.toMatchObject({ param: "limit" });
  });

  it("filters by time", async () => {
    const now = Math.floor(Date.now() / 1000);
    await stripe.customers.create({ email: "time@example.org" });
    expect((await stripe.customers.list({ email: "time@example.org", created: { gte: now } })).data).toHaveLength(1);
    expect((await stripe.customers.list({ email: "time@example.org", created: { lt: now } })).data).toHaveLength(0);
  });

  it("holds more than a hundred, in pages either way, and each of them once", async () => {
    const metadata = { mark: "many" };
    const ids: string[] = [];
    for (let count = 0; count < 120; count += 1) {
      ids.unshift((await stripe.customers.create({ email: "many@example.org", metadata })).id);
    }
    const found: string[] = [];
    for await (const { data } of stripe.events.list({ type: "customer.created", limit: 100 })) {
      const { object } = data;
      if ("email" in object && object.email === "many@example.org") found.push(object.id);
    }
    expect(found).toEqual(ids);
    const back: string[] = [];
    let page = await stripe.customers.list({ email: "many@example.org", limit: 50, ending_before: ids.at(-1) ?? "" });
    for (;;) {
      back.unshift(...page.data.map(({ id }) => id));
      if (!page.has_more) break;
      page = await stripe.customers.list({ email: "many@example.org", limit: 50, ending_before: back[0] ?? "" });
    }
    expect(back).toEqual(ids.slice(0, -1));
  });

  it("goes on from an object that does not fit any more", async () => {
    const email = "moved@example.org";
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.unshift((await stripe.customers.create({ email })).id);
    const [, middle = "", oldest] = ids;
    await stripe.customers.update(middle, { email: "elsewhere@example.org" });
    const { data } = await stripe.customers.list({ email, starting_after: middle });
    expect(data.map(({ id }) => id)).toEqual([oldest]);
    const { data: before } = await stripe.customers.list({ email, ending_before: middle });
    expect(before.map(({ id }) => id)).toEqual([ids[0]]);
  });

  it("takes a time as a limit that counts, or does not, as it is given", async () => {
    const { created, id } = await stripe.customers.create({ email: "limits@example.org" });
    const listed = async (range: Stripe.RangeQueryParam | number) =>
      (await stripe.customers.list({ email: "limits@example.org", created: range })).data.map((it) => it.id);
    expect(await listed(created)).toEqual([id]);
    expect(await listed({ gte: created, lte: created })).toEqual([id]);
    expect(await listed({ gt: created })).toEqual([]);
    expect(await listed({ lt: created })).toEqual([]);
    expect(await listed({ gt: created - 1, lt: created + 1 })).toEqual([id]);
  });

  it("expands what its items hold", async () => {
    const { id } = await stripe.customers.create({ email: "expand@example.org" });
    await stripe.checkout.sessions.create({ ...gift, customer: id });
    const { data } = await stripe.checkout.sessions.list({
      customer: id,
      expand: ["data.customer", "data.line_items"],
    });
    expect(data).toMatchObject([{ customer: { id }, line_items: { data: [{ description: "Donation" }] } }]);
    const lines = await stripe.checkout.sessions.listLineItems(data[0]?.id ?? "", { expand: ["data.price.product"] });
    expect(lines.data[0]?.price?.product).toMatchObject({ name: "Donation" });
  });

  it("of events takes a type, several, and a wildcard", async () => {
    await stripe.customers.create({});
    const types = async (filter: Stripe.EventListParams) =>
      new Set((await stripe.events.list({ limit: 100, ...filter })).data.map(({ type }) => type));
    expect(await types({ type: "customer.created" })).toEqual(new Set(["customer.created"]));
    expect(await types({ type: "customer.*" })).toContain("customer.created");
    expect(await types({ types: ["refund.created"] })).toEqual(new Set());
  });
});

describe("a fault", () => {
  const named = (name: string) => stripe.customers.create({ name });

  it("answers a status before anything is done, as often as it is told", async () => {
    await control.fault({ mode: "status", status: 503, count: 2, match: "Fault one" });
    await expect(named("Fault one")).rejects.toMatchObject({ statusCode: 503 });
    expect(await named("Somebody else")).toMatchObject({ object: "customer" });
    await expect(named("Fault one")).rejects.toMatchObject({ statusCode: 503 });
    expect(await named("Fault one")).toMatchObject({ object: "customer" });
    expect(await matching("Fault one")).toBe(1);
  });

  it("lets as many requests pass as told before it begins", async () => {
    await control.fault({ mode: "status", status: 503, skip: 2, match: "Fault skip" });
    await named("Fault skip");
    await named("Fault skip");
    await expect(named("Fault skip")).rejects.toMatchObject({ statusCode: 503 });
    await named("Fault skip");
    expect(await matching("Fault skip")).toBe(3);
  });

  it("drops the connection before, or after the work is done", async () => {
    await control.fault({ mode: "drop", match: "Fault two" });
    await expect(named("Fault two")).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await matching("Fault two")).toBe(0);
    await control.fault({ mode: "after", match: "Fault two" });
    const idempotencyKey = "after-1";
    const lost = stripe.customers.create({ name: "Fault two" }, { idempotencyKey });
    await expect(lost).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    const retried = await stripe.customers.create({ name: "Fault two" }, { idempotencyKey });
    expect(header(retried, "Idempotent-Replayed")).toBe("true");
    expect(await matching("Fault two")).toBe(1);
  });

  it("hangs until the caller gives up", async () => {
    await control.fault({ mode: "hang", ms: 30_000, match: "Fault three" });
    const started = Date.now();
    await expect(stripe.customers.create({ name: "Fault three" }, { timeout: 100 })).rejects.toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it("is gone when faults are cleared", async () => {
    await control.fault({ mode: "drop", match: "Fault four" });
    await control.clearFaults();
    expect(await named("Fault four")).toMatchObject({ object: "customer" });
  });

  async function matching(name: string): Promise<number> {
    const customers = await stripe.customers.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
    return customers.filter((customer) => customer.name === name).length;
  }
});

describe("control", () => {
  it("shows what was asked of the API", async () => {
    await stripe.customers.create({ name: "Seen", metadata: { user_id: "seen-1" } }, { idempotencyKey: "seen-key" });
    expect(await control.requests("seen-1")).toMatchObject([
      {
        idempotency_key: "seen-key",
        method: "POST",
        params: { metadata: { user_id: "seen-1" }, name: "Seen" },
        path: "/v1/customers",
        status: 200,
      },
    ]);
  });

  it("refuses what it does not know", async () => {
    await expect(control.pay("cs_test_none")).rejects.toThrow("404");
    await expect(control.deliver(["evt_none"])).rejects.toThrow("404");
    const refused = await fetch(`${stripe_url}/_control/advance`, { method: "POST", body: '{"days":"many"}' });
    expect(refused.status).toBe(400);
  });
});
