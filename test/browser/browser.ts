import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { expect, inject, onTestFinished } from "vitest";
import { developmentPage, type SamplePerson } from "../../local/development-page.ts";
import { ROOT } from "../../local/settings.ts";
import { PASSWORD } from "../harness/accounts.ts";
import { mail_url, settings, stripe_url, worker } from "../harness/platform.ts";

const SCREENSHOTS = join(ROOT, "dist/screenshots");

/** Where links in mails and Stripe's return addresses point. */
export const api_url = settings.API_URL;

/** What a page asked for and what went wrong in it. */
export interface Visit {
  page: Page;
  /** Every address that was asked for, answered or not; without `data:` and `blob:`, which leave nothing. */
  requests: string[];
  /** Errors on the console, uncaught exceptions, and everything that the page's policy refused. */
  problems: string[];
}

const browser = await chromium.connect(inject("browser_endpoint"));
await forward();

/** By day and by night. */
export const SCHEMES = ["light", "dark"] as const;

/** A new page, which reaches nothing but this stack and what `also` names. Other requests fail, but are in `requests` all the same. */
export async function visit({ width = 1200, height = 900, also = [] as string[] } = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, serviceWorkers: "block" });
  onTestFinished(() => context.close());
  const requests: string[] = [];
  const problems: string[] = [];
  const ours = [api_url, mail_url, stripe_url, ...also].map((url) => new URL(url).origin);
  await context.route("**/*", (route) =>
    ours.includes(new URL(route.request().url()).origin) ? route.continue() : route.abort(),
  );
  context.on("request", (request) => {
    if (/^https?:/.test(request.url())) requests.push(request.url());
  });
  context.on("weberror", (error) => problems.push(String(error.error())));
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  await context.exposeFunction("reportViolation", (violation: string) => problems.push(violation));
  await context.addInitScript(`document.addEventListener("securitypolicyviolation", (event) =>
    reportViolation("refused by policy: " + event.violatedDirective + " " + event.blockedURI));`);
  return { page: await context.newPage(), requests, problems };
}

/** Takes a picture into dist/screenshots: of the whole page, or of what the screen shows of it. */
export async function photograph(page: Page, name: string, what: "page" | "screen" = "page"): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: what === "page" });
}

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against the rules of WCAG 2.2, levels A and AA: the rule, and where. Contrast is one of them. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then(
    ({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`);
}

/** How many pixels the page is wider than the screen: more than none means scrolling sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** The amounts on a page that are broken over two lines. */
export const brokenAmounts = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (texts.nextNode())
      for (const { 0: amount, index } of texts.currentNode.data.matchAll(/\\$[\\d,.]*\\d/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + amount.length);
        if (range.getClientRects().length > 1) broken.push(amount);
      }
    return broken;
  })()`);

/** The Worker listens where it likes; its links name the stack's own port for it. */
async function forward(): Promise<void> {
  const target = Number(new URL(worker.url).port);
  const server = createServer((socket) => {
    const upstream = connect(target, "127.0.0.1");
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) {
      end.on("error", () => {
        socket.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(Number(new URL(api_url).port), "127.0.0.1", resolve);
  });
  server.unref();
}

const SCREENS = [320, 600, 1200];

/** On a telephone and on a desk, by day and by night: readable, nothing from elsewhere or refused, no scrolling sideways. */
export async function expectFits({ page, requests, problems }: Visit, name: string, ignore = /^$/): Promise<void> {
  const { origin } = new URL(page.url());
  for (const colorScheme of SCHEMES)
    for (const width of SCREENS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await photograph(page, `${name}-${colorScheme}-${width}`);
      const what = `${name}, ${colorScheme}, at ${width} px`;
      expect(await overflow(page), what).toBe(0);
      // The pages of the Stripe stand-in are not ours to read.
      if (origin !== new URL(stripe_url).origin) expect(await accessibilityProblems(page), what).toEqual([]);
    }
  expect(requests.filter((url) => new URL(url).origin !== origin)).toEqual([]);
  expect(problems.filter((problem) => !ignore.test(problem))).toEqual([]);
}

/** A visit to a Worker that offers what `npm run dev` has set. */
export async function visitDuringDevelopment(people: SamplePerson[]) {
  const visited = await visit();
  const offer = developmentPage({ api_url, mail_url, stripe_url, crons: ["17 * * * *"] }, people);
  await visited.page.route(`${api_url}/development.json`, (route) =>
    route.fulfill({ json: { ...offer, password: PASSWORD } }),
  );
  return { ...visited, offer };
}
