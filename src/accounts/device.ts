import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

const BROWSERS: [pattern: RegExp, name: string][] = [
  [/\bEdgA?(?:iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const SYSTEMS: [pattern: RegExp, name: string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** A name that people understand for the device that sent this User-Agent: "Firefox on Linux". */
export function describeDevice(user_agent: string | null): string {
  const nameIn = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(user_agent ?? ""))?.[1];
  const browser = nameIn(BROWSERS);
  const system = nameIn(SYSTEMS);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? "An unknown device";
}

/** Whether two User-Agents are the same apart from their numbers: an update does not make a new device. */
export const userAgentsMatch = (a: SQLWrapper, b: SQLWrapper): SQL => {
  const withoutVersions = (user_agent: SQLWrapper) => sql`regexp_replace(coalesce(${user_agent}, ''), '\\d+', '', 'g')`;
  return sql`${withoutVersions(a)} = ${withoutVersions(b)}`;
};
