import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ROOT } from "../../local/settings.ts";
import { donation, dues, reversal } from "../harness/giving.ts";
import { printed, readPdf } from "../harness/pdf.ts";
import { person } from "../harness/people.ts";
import { api_url, brokenAmounts, overflow, photograph, visit } from "./browser.ts";

/** Where a file is sent to be looked at, and not to be kept. */
async function shown(body: Buffer): Promise<string> {
  const server = createServer((_, response) => response.setHeader("Content-Type", "application/pdf").end(body));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("a giving statement is kept under its name, and opens with names in every script", async () => {
  const donor = await person("active", { first_name: "Łukasz Ελένη", last_name: "Nguyễn-Ґалаґан" });
  const gift = await donation(donor, { amount_cents: 123_456, paid_at: "2025-03-01T12:00:00.000Z" });
  await reversal(gift.payment_id, { amount_cents: 23_456, occurred_at: "2025-04-01T12:00:00.000Z" });
  await dues(donor, { donation_cents: 1500, paid_at: "2025-05-06T12:00:00.000Z" });

  const { page } = await visit({ width: 900, height: 1150 });
  await page.route("**/statement/2025", (route) =>
    route.continue({
      headers: { ...route.request().headers(), authorization: `Bearer ${donor.token}`, accept: "application/pdf" },
    }),
  );
  const coming = page.waitForEvent("download");
  // Going to a file to keep leads nowhere.
  await page.goto(`${api_url}/api/members/donations/statement/2025`).catch(() => undefined);
  const kept = await coming;
  expect(kept.suggestedFilename()).toBe("giving-statement-2025.pdf");
  const path = join(ROOT, "dist/screenshots", kept.suggestedFilename());
  await kept.saveAs(path);
  const file = await readFile(path);
  expect(printed(readPdf(file)).flat()).toContain("Donor | Łukasz Ελένη Nguyễn-Ґалаґан");

  // The browser's own viewer is an extension, whose files are not for us to route.
  await page.unrouteAll();
  await page.context().unrouteAll();
  await page.goto(await shown(file));
  const viewer = await vi.waitFor(() => {
    const frame = page.frames().find((each) => each.url().startsWith("chrome-extension:"));
    if (!frame) throw new Error("The viewer has not opened");
    return frame;
  }, 10_000);
  await viewer.locator("#title", { hasText: "Giving statement 2025" }).waitFor();
  expect(await viewer.locator("#pagelength").innerText()).toBe("1");
  await page.waitForTimeout(2000); // it says nowhere that it has drawn
  await photograph(page, "giving-statement", "screen");
});

/** Somebody whose name no font of ours has, and who gave often. */
async function generousDonor() {
  const donor = await person("active", { first_name: "李小龍", last_name: "महेश محمد" });
  for (let day = 1; day <= 40; day++)
    await donation(donor, { amount_cents: 99_999_999, paid_at: new Date(Date.UTC(2025, 8, day, 12)).toISOString() });
  const paid = await dues(donor, { donation_cents: 1500, paid_at: "2025-05-06T12:00:00.000Z" });
  await reversal(paid, { amount_cents: 1000, occurred_at: "2025-05-07T12:00:00.000Z" });
  return donor;
}

test("a giving statement is a page that a telephone and a desk show, and both papers take", async () => {
  const { token } = await generousDonor();
  const { page, requests, problems } = await visit();
  const address = `${api_url}/api/members/donations/statement/2025`;
  await page.route(address, (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: `Bearer ${token}` } }),
  );
  expect((await page.goto(address))?.status()).toBe(200);
  expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Giving statement 2025");
  expect(await page.locator("dd").first().innerText()).toBe("李小龍 महेश محمد");
  for (const width of [390, 1200]) {
    await page.setViewportSize({ width, height: 900 });
    await photograph(page, `giving-statement-page-${width}`);
    expect(await overflow(page), `${width} px`).toBe(0);
    expect(await brokenAmounts(page), `${width} px`).toEqual([]);
  }
  for (const [format, box] of [
    ["Letter", /\/MediaBox \[0 0 612 792\]/g],
    ["A4", /\/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]/g],
  ] as const) {
    const file = await page.pdf({ path: join(ROOT, `dist/screenshots/giving-statement-${format}.pdf`), format });
    expect(file.toString("latin1").match(box), format).toHaveLength(3);
  }
  // As wide as the paper between its margins: nothing is cut off.
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 657, height: 900 });
  expect(await overflow(page)).toBe(0);
  expect(await brokenAmounts(page)).toEqual([]);
  expect([requests, problems]).toEqual([[address], []]);
});
