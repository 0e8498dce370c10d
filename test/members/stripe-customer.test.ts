import { describe, expect, test, vi } from "vitest";
import { linkFor } from "../harness/accounts.ts";
import { outcome, post, put } from "../harness/client.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { customer, stripeApi } from "../harness/payments.ts";
import { anyEmail, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const HOURLY = "17 * * * *";

const untilStripeHas = (id: string, fields: object) =>
  vi.waitFor(async () => expect(await stripeApi.customers.retrieve(id)).toMatchObject(fields), { timeout: 10_000 });

describe.concurrent("the customer at Stripe", () => {
  test("gets the new name when a member changes it, and never the legal one", async () => {
    const member = await customer();
    await sql("update users set legal_name = 'Sealed Name', name_on_documents = 'legal' where id = $1", [member.id]);
    const change = { first_name: "Alex", last_name: "Chosen" };
    expect((await put("/api/members/profile", change, { token: member.token })).status).toBe(200);
    await untilStripeHas(member.stripe_customer_id, { name: "Alex Chosen", email: member.email });
  });

  test("gets the new name when a volunteer changes it", async () => {
    const [member, editor] = await Promise.all([customer(), volunteer("users.view", "users.edit")]);
    expect((await put(`/api/admin/users/${member.id}`, { first_name: "Alex" }, { token: editor.token })).status).toBe(
      200,
    );
    await untilStripeHas(member.stripe_customer_id, { name: "Alex Example" });
  });

  test("gets the new address once it is confirmed", async () => {
    const member = await customer();
    const new_email = anyEmail("new");
    const token = await linkFor(member.id, "change_email", new_email);
    expect(outcome(await post("/api/auth/confirm-email", { token }))[0]).toBe(200);
    await untilStripeHas(member.stripe_customer_id, { email: new_email });
  });
});

test("reconciliation finds the customers that differ, and ignores those that were deleted", {
  timeout: 60_000,
}, async () => {
  const p = await ownPlatform();
  const known = async (columns: object) => {
    const someone = await p.person("active");
    const { id } = await p.stripeApi.customers.create({ email: someone.email, name: "Robin Example", ...columns });
    await p.sql("update users set stripe_customer_id = $2 where id = $1", [someone.id, id]);
    return { ...someone, customer: id };
  };
  const same = await known({});
  const renamed = await known({ name: "Name On The Card" });
  const moved = await known({ email: "before@example.org" });
  const unconfirmed = await known({ email: "before@example.org" });
  await p.sql("update users set email_verified = false, status = 'pending_email' where id = $1", [unconfirmed.id]);
  const deleted = await known({ name: "Somebody Else" });
  await p.stripeApi.customers.del(deleted.customer);
  const refused = await known({ email: "refused@example.org", name: "Somebody Else" });
  const stranger = await p.stripeApi.customers.create({ name: "Another Product's" });
  await p.stripe.fault({ mode: "refuse", code: "email_invalid", match: refused.customer });

  await p.fire(HOURLY);
  expect((await p.lastRun("reconcile"))?.report).toMatchObject({
    customers_updated: 2,
    concerns: [{ kind: "customer", object_id: refused.customer }],
  });
  const found = async (id: string) => p.stripeApi.customers.retrieve(id);
  for (const { customer: id, email } of [same, renamed, moved])
    expect(await found(id)).toMatchObject({ email, name: "Robin Example" });
  expect(await found(unconfirmed.customer)).toMatchObject({ email: "before@example.org" });
  expect(await found(refused.customer)).toMatchObject({ email: "refused@example.org", name: "Robin Example" });
  expect(await found(stranger.id)).toMatchObject({ name: "Another Product's" });

  await p.fire(HOURLY);
  expect((await p.lastRun("reconcile"))?.report).toMatchObject({ customers_updated: 1, unexplained: 0 });
});
