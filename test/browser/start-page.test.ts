import { expect, test } from "vitest";
import { PASSWORD, personWithPassword } from "../harness/accounts.ts";
import { api_url, expectFits, visit, visitDuringDevelopment } from "./browser.ts";

test("the page at / shows whose API this is, and leads to the documentation", async () => {
  const visited = await visit();
  const { page } = visited;
  await page.route(`${api_url}/api/branding`, (route) =>
    route.fulfill({
      json: { name: "Loaf & Butter", logo_url: null, primary_colour: "#0a7a4b", accent_colour: "#f2c14e" },
    }),
  );
  await page.goto(`${api_url}/`);
  await page.getByText("Loaf & Butter", { exact: true }).waitFor();
  expect(await page.title()).toBe("Loaf & Butter API");
  expect(await page.getByRole("link").allInnerTexts()).toEqual(["Swagger UI", "Redoc", "OpenAPI"]);
  expect(await page.getByRole("table").count()).toBe(0);
  await expectFits(visited, "start-page");
  await page.getByRole("listitem").filter({ hasText: "Try every route" }).click();
  await page.waitForURL(`${api_url}/docs`);
});

test("during development, it links to everything, and signs in as sample people", async () => {
  const { email } = await personWithPassword();
  const people = [
    { name: "Sam Superadmin", email: "admin@loaf.test", role: "superadmin", status: "active", dues: null },
    { name: "Robin Example", email, role: "guest", status: "active", dues: "past_due" },
  ];
  const visited = await visitDuringDevelopment(people);
  const { page, offer } = visited;
  await page.goto(`${api_url}/`);
  for (const { url, name } of offer.groups.flatMap(({ links }) => links))
    expect(await page.getByRole("link", { name, exact: true }).getAttribute("href")).toBe(url);
  expect(await page.locator("main").innerText()).toContain(PASSWORD);
  const robin = page.getByRole("row").filter({ hasText: email });
  for (const words of ["Robin Example", "guest", "active", "past_due"])
    expect(await robin.getByRole("cell").allInnerTexts()).toContainEqual(expect.stringContaining(words));
  await expectFits(visited, "start-page-development");

  await robin.getByRole("link", { name: "Sign in as Robin Example" }).click();
  await page.getByRole("status").getByText("Signed in.").waitFor();
  expect(await page.getByLabel("Sign in as").locator("option:checked").innerText()).toBe(
    "Robin Example, guest, active",
  );
  // A reload keeps the token, and does not sign in again.
  expect(page.url()).toBe(`${api_url}/docs`);
  expect(await page.evaluate("sessionStorage.getItem('loaf-docs-token')")).toMatch(/^ey/);
  await page.locator(".authorize.locked").first().waitFor();
});

test("/docs offers no sign-in unless development offers people", async () => {
  const { email } = await personWithPassword();
  for (const visited of [await visit(), await visitDuringDevelopment([])]) {
    const { page, requests } = visited;
    await page.goto(`${api_url}/docs?as=${email}`);
    await page.locator(".opblock").first().waitFor();
    expect(requests.filter((url) => url.endsWith("/api/auth/login"))).toEqual([]);
  }
});
