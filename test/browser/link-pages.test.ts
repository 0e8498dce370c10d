import { expect, test, vi } from "vitest";
import { MAIL_KINDS } from "../../src/mail/lanes.ts";
import { answered, answerToken, doorOf } from "../harness/events.ts";
import { asked, invited } from "../harness/joining.ts";
import { unsubscribeToken } from "../harness/mail-feedback.ts";
import { newsletter, newsletterToken, reader } from "../harness/newsletters.ts";
import { payLinkOf } from "../harness/pay-link.ts";
import { person } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";
import { offlineMember } from "../harness/subscriptions.ts";
import { api_url, expectFits, visit } from "./browser.ts";

test("whoever is invited says their name on the page of the link, and has an account", async () => {
  const { token, email } = await invited();
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/api/auth/accept-invitation?token=${token}`);
  await expectFits(visited, "accept-invitation");
  await page.getByLabel("First name").fill("Robin");
  await page.getByLabel("Password").fill("an entirely new passphrase");
  await page.getByRole("button").click();
  expect(await page.getByRole("heading").innerText()).toBe("Your account is ready");
  await expectFits(visited, "invitation-accepted");
  expect(await sql("select status from users where email = $1", [email])).toEqual([{ status: "pre_validated" }]);
});

test("a member who is asked about an applicant answers on the page of the link", async () => {
  const { token } = await asked();
  const visited = await visit();
  await visited.page.goto(`${api_url}/api/auth/vouch?token=${token}`);
  await expectFits(visited, "vouch");
  await visited.page.getByRole("button", { name: "Yes, I know them" }).click();
  expect(await visited.page.getByRole("heading").innerText()).toBe("Thank you for your answer");
  await expectFits(visited, "vouched");
});

test("whoever cannot come says so on the page of the link", async () => {
  const rsvp = await answered("yes", { title: "Picnic" });
  const visited = await visit();
  await visited.page.goto(`${api_url}/api/events/cannot-come?token=${await answerToken(rsvp)}`);
  await expectFits(visited, "cannot-come");
  await visited.page.getByRole("button", { name: "I cannot come" }).click();
  expect(await visited.page.getByRole("heading").innerText()).toBe("Thank you for telling us");
  await expectFits(visited, "not-coming");
});

test("somebody with a seat sees their code and its QR code on the link's page", async () => {
  const rsvp = await answered("yes", { title: "Picnic" });
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/api/events/ticket?token=${await answerToken(rsvp)}`);
  await expectFits(visited, "ticket");
  expect(await page.getByText(rsvp.check_in_code).isVisible()).toBe(true);
  expect((await page.locator("figure svg").boundingBox())?.width).toBeGreaterThan(200);
});

test.each(MAIL_KINDS)(
  "whoever wants no more %s says so on the page of the link, and may take it back",
  async (kind) => {
    const { id } = await reader();
    const visited = await visit();
    const { page } = visited;
    await page.goto(`${api_url}/api/unsubscribe/${await unsubscribeToken(id, kind)}`);
    await expectFits(visited, `unsubscribe-${kind}`);
    await page.getByRole("button", { name: "Unsubscribe" }).click();
    expect(await page.getByRole("heading").innerText()).toBe("You are unsubscribed");
    await expectFits(visited, `unsubscribed-${kind}`);
    await page.getByRole("button", { name: "Subscribe again" }).click();
    expect(await page.getByRole("heading").innerText()).toBe("You are subscribed again");
    await expectFits(visited, `subscribed-${kind}`);
  },
);

test("a newsletter can be read in the browser", async () => {
  const body =
    "# Hello\n\nIt is *spring* again. [Read more](https://example.org/averyveryverylongaddress/without/any/place/to/break).\n\nBring:\n\n- a blanket\n- a friend\n\n> See you there!";
  const visited = await visit();
  const token = await newsletterToken(await newsletter({ body, published_at: new Date() }));
  await visited.page.goto(`${api_url}/api/newsletters/read?token=${token}`);
  await expectFits(visited, "newsletter");
});

test("whoever helps at the door checks people in on the page of the link", async () => {
  const { event_id, guest } = await answered("yes", { title: "Picnic", starts_in: 1 });
  const { path } = await doorOf(event_id);
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}${path}`);
  await expectFits(visited, "door");
  await page.getByRole("button", { name: "Check in" }).last().click();
  await page.getByRole("button", { name: "Undo" }).waitFor();
  await expectFits(visited, "door-checked-in");
  expect(await sql("select attended from event_rsvps where user_id = $1", [guest.id])).toEqual([{ attended: true }]);
});

test("somebody pays by the link in a mail, with a plan and a donation, and comes back as a member", async () => {
  const member = await person("payment_pending");
  const plan_id = await plan({ name: "A year", price_cents: 12_345, description: "For most of us." });
  const path = await payLinkOf(member);
  const visited = await visit();
  const { page, requests } = visited;
  await page.goto(`${api_url}${path}`);
  await expectFits(visited, "pay");
  await page.locator(`input[value="${plan_id}"]`).check();
  await page.getByLabel("Add a donation").fill("five");
  await page.getByRole("button", { name: "Continue" }).click();
  expect(await page.locator("main").innerText()).toContain("must be an amount");
  await expectFits(visited, "pay-refused", /status of 400/);
  await page.getByRole("link", { name: "Go back" }).click();
  await page.locator(`input[value="${plan_id}"]`).check();
  await page.getByLabel("Add a donation").fill("5");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/checkout\/cs_/);
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await page.waitForURL(`${api_url}/api/checkout/paid?session_id=*`);
  expect(await page.locator("main").innerText()).toMatch(/Dues \(A year\): \$123\.45\nDonation: \$5\.00/);
  await vi.waitFor(async () => {
    expect(await sql("select status from users where id = $1", [member.id])).toEqual([{ status: "active" }]);
  }, 10_000);
  requests.splice(0); // those of the hosted page
  await page.goto(`${api_url}${path}`);
  expect(await page.getByRole("heading").innerText()).toBe("Nothing to pay");
  await expectFits(visited, "pay-renews", /status of 400/);
  await page.getByRole("button", { name: "Enter a new card" }).click();
  await page.getByRole("button", { name: "Enter a card that works" }).click();
  await page.waitForURL(`${api_url}/api/checkout/managed`);
});

test("the page says so if there is nothing to pay, or if the link is too old", async () => {
  const { member } = await offlineMember();
  const visited = await visit();
  await visited.page.goto(`${api_url}${await payLinkOf(member)}`);
  await expectFits(visited, "pay-settled");
  await visited.page.goto(`${api_url}${await payLinkOf(member, 90)}`);
  await expectFits(visited, "pay-too-old", /status of 400/);
});
