import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    browser_endpoint: string;
  }
}

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts one Chromium for all browser tests. It finds no host but this machine. */
export default async function setup(project: TestProject) {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error(`Chromium is missing (looked at ${PLACES.join(", ")}). On Debian: apt-get install chromium`);
  const browser = await chromium.launchServer({
    executablePath,
    host: "127.0.0.1",
    args: [
      ...["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
  });
  project.provide("browser_endpoint", browser.wsEndpoint());
  return () => browser.close();
}
