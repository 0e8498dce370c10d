import { describe, expect, test } from "vitest";
import { links } from "../../../src/http/frontend-links.ts";
import { type Answer, get, outcome, post } from "../../harness/client.ts";
import { failDatabase } from "../../harness/faults.ts";
import { customer, stripeApi } from "../../harness/payments.ts";
import { anyEmail, person } from "../../harness/people.ts";
import { settings, sql, stripe, stripe_url } from "../../harness/platform.ts";

interface PortalBody {
  portal_url: string;
}

const portal = ({ token }: { token: string }): Promise<Answer<PortalBody>> =>
  post<PortalBody>("/api/members/billing-portal", undefined, { token });

/** What Stripe was asked to do about a customer, in order. */
const asked = async (customer_id: string) =>
  (await stripe.requests(customer_id)).filter(({ method }) => method === "POST").map(({ path }) => path);

const PORTAL = "/v1/billing_portal/sessions";

describe.concurrent("the page on which members manage their payments", () => {
  test("is Stripe's, for their own customer, and leads back to us", async () => {
    const member = await customer();
    const { status, body } = await portal(member);
    expect(status).toBe(200);
    expect(body.portal_url).toMatch(new RegExp(`^${stripe_url}/`));
    const [request, ...others] = (await stripe.requests(member.stripe_customer_id)).filter(
      ({ method }) => method === "POST",
    );
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      path: PORTAL,
      params: { customer: member.stripe_customer_id, return_url: links.billing(settings) },
    });
    expect((await fetch(body.portal_url)).status).toBe(200);
  });

  test.for(["pending_email", "pending_validation", "payment_pending", "rejected", "inactive"] as const)(
    "is there for a customer who is %s",
    async (status) => {
      expect((await portal(await customer(status))).status).toBe(200);
    },
  );

  test("is told the address that somebody has now, before it opens", async () => {
    const member = await customer("active", anyEmail("before"));
    expect((await portal(member)).status).toBe(200);
    expect(await asked(member.stripe_customer_id)).toEqual([`/v1/customers/${member.stripe_customer_id}`, PORTAL]);
    expect(await stripeApi.customers.retrieve(member.stripe_customer_id)).toMatchObject({ email: member.email });
    await portal(member);
    expect(await asked(member.stripe_customer_id)).toHaveLength(3);
  });

  test("is not there for who never paid online", async () => {
    const member = await person();
    expect(outcome(await portal(member))).toEqual([409, "no_billing"]);
    expect(await stripe.requests(member.email)).toEqual([]);
  });

  test("is not there for a customer that Stripe does not know any more", async () => {
    const member = await person("active", { stripe_customer_id: `cus_gone${crypto.randomUUID()}` });
    expect(outcome(await portal(member))).toEqual([409, "no_billing"]);
  });

  test("is not there for a customer that was deleted at Stripe", async () => {
    const member = await customer();
    await stripeApi.customers.del(member.stripe_customer_id);
    expect(outcome(await portal(member))).toEqual([409, "no_billing"]);
    expect(await asked(member.stripe_customer_id)).toEqual([]);
  });

  test("returns people to the frontend, or to our own page where there is none", async () => {
    const API_URL = "https://api.loaf.example";
    expect(links.billing({ API_URL, FRONTEND_URL: "https://loaf.example" })).toBe("https://loaf.example/membership");
    expect(links.billing({ API_URL, FRONTEND_URL: undefined })).toBe("https://api.loaf.example/api/checkout/managed");
    expect((await get("/api/checkout/managed")).body).toMatchObject({ title: "Your payments" });
    const page = await get("/api/checkout/managed", { headers: { Accept: "text/html" } });
    expect(page.text).toContain("<h1>Your payments</h1>");
  });
});

describe.concurrent("when Stripe fails", () => {
  const STEPS = [
    { what: "asked who they are", match: (id: string) => `/v1/customers/${id}?\n` },
    { what: "told the address", match: (_: string, email: string) => `\nemail=${email}` },
    { what: "asked for the page", match: (id: string) => `\ncustomer=${id}` },
  ];
  const FAULTS = [
    { how: "drops the connection", fault: { mode: "drop" } },
    { how: "does it and loses the answer", fault: { mode: "after" } },
    { how: "answers 500", fault: { mode: "status", status: 500 } },
  ] as const;
  /** Stripe repeats a 500 to the key it came with; a page that is opened later has another. */
  const isRepeated = ({ what, how }: { what: string; how: string }) =>
    how === "answers 500" && what !== "asked who they are";
  const cells = STEPS.flatMap((step) => FAULTS.map((each) => ({ ...step, ...each })));

  test.for(cells.filter((cell) => !isRepeated(cell)))(
    "and $how once when it is $what, nobody notices",
    async ({ match, fault }) => {
      const member = await customer("active", anyEmail("before"));
      await stripe.fault({ ...fault, match: match(member.stripe_customer_id, member.email) });
      expect((await portal(member)).status).toBe(200);
      expect(await stripeApi.customers.retrieve(member.stripe_customer_id)).toMatchObject({ email: member.email });
    },
  );

  test.for(cells)("and $how again when it is $what, it is 503, and asking later works", async ({ match, fault }) => {
    const member = await customer("active", anyEmail("before"));
    await stripe.fault({ ...fault, count: 2, match: match(member.stripe_customer_id, member.email) });
    const failed = await portal(member);
    expect(outcome(failed)).toEqual([503, "stripe_unavailable"]);
    expect(failed.headers.get("Retry-After")).toMatch(/^\d+$/);
    expect((await portal(member)).status).toBe(200);
    expect(await stripeApi.customers.retrieve(member.stripe_customer_id)).toMatchObject({ email: member.email });
  });
});

describe.concurrent("when the database fails", () => {
  test.for(["before", "after_commit"] as const)("once (%s), nobody notices", async (mode) => {
    const member = await customer();
    await failDatabase({ mode, match: member.id });
    expect((await portal(member)).status).toBe(200);
  });

  test.for(["before", "after_commit"] as const)("twice (%s), it is 503, and Stripe is not asked", async (mode) => {
    const member = await customer();
    await failDatabase({ mode, count: 2, match: member.id });
    expect(outcome(await portal(member))).toEqual([503, "database_unavailable"]);
    expect(await asked(member.stripe_customer_id)).toEqual([]);
    expect(await sql("select status from users where id = $1", [member.id])).toEqual([{ status: "active" }]);
  });
});
