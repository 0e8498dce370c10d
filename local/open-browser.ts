import { spawn } from "node:child_process";

const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] };

/** Opens an address in the browser. Does nothing on a machine without one. */
export function openBrowser(url: string): void {
  const [command = "", ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  spawn(command, [...args, url], { stdio: "ignore", detached: true })
    .once("error", () => undefined)
    .unref();
}
