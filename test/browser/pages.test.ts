import { expect, test, vi } from "vitest";
import { linkFor, login, personWithPassword, register, registration } from "../harness/accounts.ts";
import { post } from "../harness/client.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { startedCheckout } from "../harness/payments.ts";
import { anyEmail, onPaper, person } from "../harness/people.ts";
import { mail_url, sql } from "../harness/platform.ts";
import { api_url, expectFits, photograph, visit } from "./browser.ts";

test("the link of a verification mail leads to a page that asks, and then says that it worked", async () => {
  const { email, token } = await register();
  const visited = await visit();
  const { page } = visited;
  const answer = await page.goto(`${api_url}/api/auth/verify-email?token=${token}`);
  expect(answer?.status()).toBe(200);
  await expectFits(visited, "verify");
  expect(await sql("select email_verified from users where email = $1", [email])).toEqual([{ email_verified: false }]);
  await page.getByRole("button", { name: "Confirm my address" }).click();
  expect(await page.getByRole("heading").innerText()).toBe("Your address is confirmed");
  await expectFits(visited, "verified");
  expect(await sql("select email_verified from users where email = $1", [email])).toEqual([{ email_verified: true }]);
});

test("whoever did not apply says so on the page, and the registration is gone", async () => {
  const { email, token } = await register();
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/api/auth/verify-email?token=${token}`);
  await page.getByRole("button", { name: "This was not me" }).click();
  expect(await page.getByRole("heading").innerText()).toBe("Thank you for telling us");
  await expectFits(visited, "not-me");
  expect(await sql("select from users where email = $1", [email])).toEqual([]);
});

test("whoever applied more than once chooses a password there and then, and learns of it from the other link", async () => {
  const { email, token } = await register();
  await post("/api/auth/register", registration({ email, password: "a stranger's passphrase" }));
  const other = (await untilMails(email, 2)).map(tokenIn).find((each) => each !== token);
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/api/auth/verify-email?token=${token}`);
  await expectFits(visited, "verify-several");
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expectFits(visited, "verified-without-password");
  await page.goto(`${api_url}/api/auth/verify-email?token=${token}`);
  await expectFits(visited, "verify-password-needed");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Choose a password" }).click();
  await page.getByLabel("New password").fill("password1");
  await page.getByRole("button").click();
  expect(await page.locator("main").innerText()).toMatch(/common/);
  await page.goBack();
  await page.getByLabel("New password").fill("an entirely new passphrase");
  await page.getByRole("button").click();
  expect(await page.getByRole("heading").innerText()).toBe("Your password is changed");
  expect((await login(email, "an entirely new passphrase")).body.user.status).toBe("pending_validation");
  await page.goto(`${api_url}/api/auth/verify-email?token=${other}`);
  await expectFits(visited, "verify-other", /status of 400/);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expectFits(visited, "verified-other", /status of 400/);
  await vi.waitFor(async () =>
    expect(
      await sql("select from emails where to_email = $1 and template = 'password_reset' and status = 'sent'", [email]),
    ).toHaveLength(1),
  );
});

test("whoever forgot their password chooses a new one on the page of the link, and can sign in with it", async () => {
  const someone = await personWithPassword();
  const token = await linkFor(someone.id, "reset_password");
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/api/auth/reset-password?token=${token}`);
  await expectFits(visited, "reset-password");
  expect(await page.getByLabel("New password").getAttribute("type")).toBe("password");
  await page.getByLabel("New password").fill("password1");
  await page.getByRole("button").click();
  expect(await page.locator("main").innerText()).toMatch(/common/);
  await expectFits(visited, "reset-password-refused", /status of 400/);
  await page.goBack();
  await page.getByLabel("New password").fill("an entirely new passphrase");
  await page.getByRole("button").click();
  expect(await page.getByRole("heading").innerText()).toBe("Your password is changed");
  await expectFits(visited, "reset-password-done", /status of 400/);
  expect((await login(someone.email, "an entirely new passphrase")).status).toBe(200);
});

test("whoever forgot their password asks for the link on a page, where there is no frontend", async () => {
  const { email } = await personWithPassword();
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/api/auth/forgot-password`);
  await expectFits(visited, "forgot-password");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  expect(await page.getByRole("heading").innerText()).toBe("Check your email");
  await expectFits(visited, "forgot-password-sent");
  expect(tokenIn((await untilMails(email))[0] ?? { text: "" })).toBeTruthy();
});

test("the link in a new mailbox leads to a page that asks, and then says that it is the address now", async () => {
  const token = await linkFor((await person()).id, "change_email", anyEmail("new"));
  const visited = await visit();
  await visited.page.goto(`${api_url}/api/auth/confirm-email?token=${token}`);
  await expectFits(visited, "confirm-email");
  await visited.page.getByRole("button", { name: "Confirm my address" }).click();
  expect(await visited.page.getByRole("heading").innerText()).toBe("Your address is confirmed");
  await expectFits(visited, "email-changed");
});

test("a link that is not valid leads to a page that says so", async () => {
  const visited = await visit();
  const answer = await visited.page.goto(`${api_url}/api/auth/verify-email?token=not-a-token`);
  expect(answer?.status()).toBe(400);
  expect(await visited.page.locator("main").innerText()).toContain("This link is no longer valid");
  // The browser itself notes the status on the console.
  await expectFits(visited, "error", /status of 400/);
});

test.each([
  ["paid", "Thank you"],
  ["cancelled", "Nothing was paid"],
  ["managed", "Your payments"],
])("the page for those who come back %s", async (which, heading) => {
  const visited = await visit();
  await visited.page.goto(`${api_url}/api/checkout/${which}`);
  expect(await visited.page.getByRole("heading").innerText()).toBe(heading);
  await expectFits(visited, `checkout-${which}`);
});

test("somebody pays on the hosted page, comes back and is a member", async () => {
  const { member, checkout_url } = await startedCheckout({ donation_cents: 1500 });
  const visited = await visit();
  const { page } = visited;
  await page.goto(checkout_url);
  await expectFits(visited, "stripe-checkout");
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await page.waitForURL(`${api_url}/api/checkout/paid?session_id=*`);
  visited.requests.splice(0); // those of the hosted page
  expect(await page.getByRole("heading").innerText()).toBe("Thank you");
  expect(await page.locator("main").innerText()).toMatch(/Dues \(.+\): \$[\d.]+\nDonation: \$15\.00/);
  await expectFits(visited, "checkout-paid-dues");
  await vi.waitFor(async () => {
    expect(await sql("select status from users where id = $1", [member.id])).toEqual([{ status: "active" }]);
  });
  expect(visited.problems).toEqual([]);
});

test("somebody whose card is declined may try again, or leave", async () => {
  const { member, checkout_url } = await startedCheckout();
  const { page } = await visit();
  await page.goto(checkout_url);
  await page.getByRole("button", { name: "Pay with a card that is declined" }).click();
  await page.getByRole("alert").waitFor();
  await photograph(page, "stripe-declined");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.waitForURL(`${api_url}/api/checkout/cancelled`);
  expect(await sql("select status from users where id = $1", [member.id])).toEqual([{ status: "payment_pending" }]);
});

test("the mailbox shows what was sent", async () => {
  const { email } = await register();
  const visited = await visit();
  await visited.page.goto(`${mail_url}/inbox`);
  await visited.page.getByText(email).first().waitFor();
  await expectFits(visited, "inbox");
  const later = await register();
  await visited.page.getByText(later.email).first().waitFor();
  await visited.page.getByRole("listitem").filter({ hasText: later.email }).getByRole("link").click();
  expect(await visited.page.getByRole("link", { name: "Confirm my address" }).first().getAttribute("href")).toContain(
    `/verify-email?token=${later.token}`,
  );
  await photograph(visited.page, "inbox-mail");
  await visited.page.getByRole("link", { name: "Text", exact: true }).click();
  expect(await visited.page.locator("pre").innerText()).toContain("Confirm my address:");
  await visited.page.getByRole("link", { name: "Headers" }).click();
  expect(await visited.page.locator("pre").innerText()).toContain(later.email);
  expect(visited.requests.filter((url) => !url.startsWith(mail_url))).toEqual([]);
});

test("whoever volunteers entered opens their account on the page of the link, and can sign in", async () => {
  const { id, email } = await onPaper();
  const token = await linkFor(id, "activate");
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/api/auth/activate?token=${token}`);
  await expectFits(visited, "activate");
  expect(await page.getByLabel("Password").getAttribute("type")).toBe("password");
  await page.getByLabel("Password").fill("an entirely new passphrase");
  await page.getByRole("button").click();
  expect(await page.getByRole("heading").innerText()).toBe("Your account is open");
  await expectFits(visited, "activated");
  expect((await login(email, "an entirely new passphrase")).status).toBe(200);
});
