import { expect, test, vi } from "vitest";
import { follow, get, post, put } from "./harness/client.ts";
import { tokenIn, untilMails } from "./harness/mailbox.ts";
import { anyEmail, volunteer } from "./harness/people.ts";
import { sql, stripe } from "./harness/platform.ts";

test("a person applies, verifies, is approved, pays and is a member", async () => {
  const email = anyEmail("journey");
  const password = "a long enough passphrase";
  const admin = await volunteer("users.view", "users.approve");

  const registered = await post("/api/auth/register", {
    first_name: "Jo",
    last_name: "Journey",
    email,
    password,
    partner_first_name: "Pat",
    partner_is_member: true,
    referred_by: "a friend",
  });
  expect(registered.status).toBe(201);
  const [verification] = await untilMails(email);
  if (!verification) throw new Error("no mail");

  const verified = await follow(`/api/auth/verify-email?token=${tokenIn(verification)}`);
  expect(verified.status).toBe(200);

  const signedIn = await post<{ access_token: string; user: { id: string; status: string } }>("/api/auth/login", {
    email,
    password,
  });
  expect(signedIn.status).toBe(200);
  expect(signedIn.body.user.status).toBe("pending_validation");
  const { user, access_token: token } = signedIn.body;

  const waiting = await get<{ items: { id: string }[]; total: number }>(
    `/api/admin/users?status=pending_validation&search=${encodeURIComponent(email)}`,
    admin,
  );
  expect(waiting.body.items.map(({ id }) => id)).toEqual([user.id]);
  expect(waiting.body.total).toBe(1);

  const approved = await put(`/api/admin/users/${user.id}/approve`, undefined, admin);
  expect(approved.status).toBe(200);
  expect(approved.body.status).toBe("payment_pending");

  const [plan] = await sql<{ id: string }>(
    "insert into subscription_plans (name, price_cents, billing_cycle) values ($1, 6000, 'yearly') returning id",
    [`Yearly ${email}`],
  );
  const checkout = await post<{ checkout_url: string; session_id: string }>(
    "/api/checkout/subscription",
    { plan_id: plan?.id, donation_cents: 1500 },
    { token },
  );
  expect(checkout.status).toBe(200);
  await stripe.pay(checkout.body.session_id);

  await vi.waitFor(async () => {
    expect((await get("/api/auth/me", { token })).body.status).toBe("active");
  });
  const subscription = await get("/api/members/subscription", { token });
  expect(subscription.body).toMatchObject({ status: "active", base_subscription_cents: 6000, donation_cents: 1500 });
  const subjects = (await untilMails(email, 3)).map(({ subject }) => subject).sort();
  expect(subjects).toEqual(["Confirm your email address for LOAF", "Thank you from LOAF", "Welcome to LOAF"]);
});
