import sharp from "sharp";
import { expect, test } from "vitest";
import { describeApi } from "../../cli/openapi.ts";
import { SAMPLE } from "../../local/sample-ids.ts";
import { SAMPLE_PASSWORD } from "../../local/sample-sign-in.ts";
import { routes } from "../../src/routes.ts";
import { personWithPassword } from "../harness/accounts.ts";
import { api_url, photograph, type Visit, visit, visitDuringDevelopment } from "./browser.ts";

/** What the documentation must show of each route. */
const operations = Object.entries(describeApi().paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, { operationId, summary }]: [string, { operationId: string; summary: string }]) => ({
      method,
      path,
      operationId,
      summary,
    }),
  ),
);

function expectCleanVisit({ requests, problems }: Visit): void {
  expect(problems).toEqual([]);
  expect(requests.length).toBeGreaterThan(3);
  expect(requests.filter((url) => new URL(url).origin !== api_url)).toEqual([]);
}

const operationsInSight = (page: Visit["page"]): Promise<string[]> =>
  page
    .locator(".opblock-summary")
    .evaluateAll((blocks) =>
      blocks.map((block) =>
        [
          block.querySelector(".opblock-summary-method")?.textContent?.toLowerCase(),
          block.querySelector(".opblock-summary-path")?.getAttribute("data-path"),
        ].join(" "),
      ),
    );

test("Swagger UI shows every operation, and asks nothing of anybody else", async () => {
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/docs`);
  await page.locator(".opblock").first().waitFor();
  // With many operations, Swagger UI keeps only those in sight in the page.
  const shown = new Set<string>();
  for (let unchanged = 0; unchanged < 10; unchanged += 1) {
    const before = shown.size;
    for (const operation of await operationsInSight(page)) shown.add(operation);
    if (shown.size > before) unchanged = 0;
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(50);
  }
  expect([...shown].sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  await photograph(page, "docs");
  expectCleanVisit(visited);
});

test("Swagger UI sends a request and shows the answer", async () => {
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/docs`);
  await page.getByRole("button", { name: "get /health", exact: true }).click();
  await page.getByRole("button", { name: "Execute" }).click();
  const answer = page.locator(".live-responses-table");
  await answer.waitFor();
  expect(await answer.locator(".response-col_status").last().innerText()).toMatch(/^200/);
  expect(await answer.innerText()).toContain('"status": "ok"');
  await photograph(page, "docs-execute");
  expectCleanVisit(visited);
});

test("Redoc shows every operation, and asks nothing of anybody else", async () => {
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/redoc`);
  await page
    .getByText(operations.at(-1)?.summary ?? "", { exact: true })
    .last()
    .waitFor();
  for (const { operationId, summary } of operations) {
    const section = page.locator(`[id$="/operation/${operationId}"]`);
    expect(await section.locator("h2, h3").first().innerText(), operationId).toContain(summary);
  }
  await photograph(page, "redoc", "screen");
  expectCleanVisit(visited);
});

test.each(["/docs", "/redoc"])("%s shows the organization's logo from this origin, or its name", async (path) => {
  const key = `logo/${"a".repeat(22)}/logo.png`;
  for (const logo_url of [`https://files.example.org/${key}`, null]) {
    const visited = await visit();
    const { page, requests } = visited;
    await page.route(`${api_url}/api/branding`, (route) =>
      route.fulfill({ json: { name: "Loaf & Butter", logo_url } }),
    );
    const body = await sharp({ create: { width: 60, height: 20, channels: 3, background: "#6a2c91" } })
      .png()
      .toBuffer();
    await page.route(`${api_url}/files/${key}`, (route) => route.fulfill({ contentType: "image/png", body }));
    await page.goto(`${api_url}${path}`);
    await page.waitForFunction("document.title === 'Loaf & Butter API'");
    const header = page.locator("#organisation");
    if (logo_url) {
      await header.getByAltText("Loaf & Butter").waitFor();
      await expect.poll(() => header.locator("img").evaluate((image) => image.getBoundingClientRect().width)).toBe(120);
      expect(requests).toContain(`${api_url}/files/${key}`);
    } else expect(await header.innerText()).toBe("Loaf & Butter");
    expectCleanVisit(visited);
  }
});

test("Redoc finds an operation by its words", async () => {
  const visited = await visit();
  const { page } = visited;
  await page.goto(`${api_url}/redoc`);
  await page.getByPlaceholder("Search...").fill("Approve an applicant");
  await page.locator('[data-role="search:results"]').getByText("Approve an applicant").click();
  await page.waitForURL(/operation\/approveUser$/);
  await photograph(page, "redoc-operation", "screen");
  expectCleanVisit(visited);
});

test("Swagger UI keeps the token over a reload, and follows the browser's dark mode", async () => {
  const { page } = await visit();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`${api_url}/docs`);
  await page.locator(".opblock").first().waitFor();
  expect(await page.locator("html.dark-mode").count()).toBe(1);
  await page.getByRole("button", { name: "Authorize", exact: true }).first().click();
  await page.locator(".modal-ux input").fill("a-token");
  await page.locator(".modal-ux").getByRole("button", { name: "Apply credentials" }).click();
  expect(await page.evaluate(() => sessionStorage.getItem("loaf-docs-token"))).toBe("a-token");
  await page.reload();
  await page.locator(".opblock").first().waitFor();
  await page.locator(".authorize.locked").first().waitFor();
  await page.emulateMedia({ colorScheme: "light" });
  await page.locator("html:not(.dark-mode)").waitFor();
});

/** Opens an operation of Swagger UI by its link. */
async function openOperation(page: Visit["page"], tag: string, operationId: string) {
  await page.goto(`${api_url}/docs#/${tag}/${operationId}`);
  // A link to another part of the page does not load it.
  await page.reload();
  const block = page.locator(`[id$="-${operationId}"].is-open`);
  await block.getByRole("button", { name: "Execute" }).waitFor();
  return block;
}

/** Sends what Swagger UI has filled in. Returns the answer as it shows it. */
async function execute(block: Awaited<ReturnType<typeof openOperation>>): Promise<{ status: string; text: string }> {
  await block.getByRole("button", { name: "Execute" }).click();
  const answer = block.locator(".live-responses-table");
  await answer.waitFor();
  const status = await answer.locator("tbody .response-col_status").innerText();
  return { status: status.slice(0, 3), text: await answer.innerText() };
}

test("Swagger UI signs in as a sample person, in dark mode too, and stays signed in over a reload", async () => {
  const { email } = await personWithPassword();
  const ada = { name: "Ada Active", email, role: "guest", status: "active", dues: "active" };
  const flo = { ...ada, name: "Flo Former", email: `nobody.${email}`, status: "inactive" };
  const visited = await visitDuringDevelopment([ada, flo]);
  const { page } = visited;
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`${api_url}/docs`);
  const people = page.getByLabel("Sign in as");
  await people.selectOption("Ada Active, guest, active");
  await page.getByText("Signed in.").waitFor();
  await photograph(page, "docs-signed-in-dark", "screen");

  const mine = await execute(await openOperation(page, "Accounts", "getMe"));
  expect(mine.status).toBe("200");
  expect(mine.text).toContain(`"email": "${email}"`);
  await photograph(page, "docs-me-dark", "screen");
  expectCleanVisit(visited);
  // Each of these loaded the page again.
  await expect.poll(() => people.inputValue()).toBe(email);

  await people.selectOption("Flo Former, guest, inactive");
  await page.locator("#sign-in-as").getByText("password is wrong").waitFor();
});

test("Swagger UI says that nobody has the address after ?as=, and fits on a phone", async () => {
  const longest = "Somebody with a name that is far longer than what a phone can show";
  const { page } = await visitDuringDevelopment([
    { name: longest, email: "long@loaf.test", role: "member", status: "active", dues: "active" },
  ]);
  await page.setViewportSize({ width: 320, height: 600 });
  await page.goto(`${api_url}/docs?as=nobody@loaf.test`);
  await page.getByText("There is no sample person with the address nobody@loaf.test.").waitFor();
  const select = page.getByLabel("Sign in as");
  expect(await select.inputValue()).toBe("");
  expect(await select.evaluate((element) => element.getBoundingClientRect().right)).toBeLessThanOrEqual(320);
});

test("Swagger UI fills in the examples of paths and bodies, and leaves other filters empty", async () => {
  const { page } = await visit();
  const one = await openOperation(page, "Events", "getEvent");
  expect(await one.locator('[data-param-name="id"] input').inputValue()).toBe(SAMPLE.event.board_games);
  const list = await openOperation(page, "Events", "listEvents");
  expect(await list.locator('[data-param-name="from"] input').inputValue()).toBe("");
  const login = await openOperation(page, "Accounts", "login");
  expect(JSON.parse(await login.locator("textarea.body-param__text").inputValue())).toEqual({
    email: "admin@loaf.test",
    password: SAMPLE_PASSWORD,
  });
});
