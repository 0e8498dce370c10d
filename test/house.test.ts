import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** Folders that know no feature. */
const PLATFORM = [
  "access",
  "organisation",
  "database",
  "env.ts",
  "http",
  "mail",
  "money",
  "pdf",
  "storage",
  "stripe",
  "tables",
  "time",
];

/** Which other features a feature may import. A feature that is not here may import the platform alone. */
const MAY_IMPORT: Record<string, string[]> = {
  accounts: ["events", "people"],
  dashboard: ["events", "jobs", "ledger", "members", "people", "subscriptions"],
  documents: ["people"],
  "email-templates": ["accounts"],
  events: ["people"],
  jobs: ["accounts"],
  gallery: ["events"],
  reminders: ["accounts", "events", "jobs", "people", "subscriptions"],
  newsletters: ["accounts", "events", "jobs", "members", "people"],
  roles: ["people"],
  subscriptions: ["people", "plans", "ledger"],
  donations: ["people", "ledger"],
  members: [
    "accounts",
    "audit",
    "donations",
    "events",
    "gallery",
    "jobs",
    "ledger",
    "people",
    "plans",
    "roles",
    "subscriptions",
  ],
  "stripe-events": ["subscriptions", "donations", "ledger", "jobs", "people"],
};

/** These put the rooms together. */
const ABOVE_ALL = ["app.ts", "context.ts", "health.ts", "index.ts", "rooms.ts", "routes.ts", "schedule.ts"];

const texts = new Map(globSync("src/**/*.ts").map((file) => [file, readFileSync(file, "utf8")]));
const imports = new Map(
  [...texts].map(([file, text]) => [
    file,
    [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+\.ts)"/g)].map(([, path = ""]) =>
      normalize(join(dirname(file), path)),
    ),
  ]),
);
const roomOf = (file: string) => file.split("/")[1] ?? "";

test("imports point from features to the platform, and between features only where the domain says so", () => {
  const wrong = [...imports].flatMap(([file, targets]) => {
    const room = roomOf(file);
    const allowed = [room, ...PLATFORM, ...(PLATFORM.includes(room) ? [] : (MAY_IMPORT[room] ?? []))];
    return ABOVE_ALL.includes(room)
      ? []
      : targets.filter((target) => !allowed.includes(roomOf(target))).map((target) => `${file} → ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("no files import each other in a circle", () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    else if (!done.has(file)) for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

test("an exported name means one thing", () => {
  const places = new Map<string, Set<string>>();
  for (const [file, text] of texts)
    for (const [, name = ""] of text.matchAll(/^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm))
      places.set(name, (places.get(name) ?? new Set()).add(file));
  expect([...places].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files])).toEqual([]);
});

test("mails go to confirmed addresses: only those that ask to confirm one, or that follow from it, go to others", () => {
  const unconfirmed = [...texts].filter(([, text]) => /\bto: (sql.*)?users\.email\b/.test(text)).map(([file]) => file);
  expect(unconfirmed.sort()).toEqual([
    "src/accounts/account-token.ts",
    "src/accounts/newly-confirmed.ts",
    "src/reminders/kinds/unverified-address.ts",
  ]);
});

test("files stay small", () => {
  const lines = [...texts.values()].map((text) => text.split("\n").length - 1).sort((a, b) => a - b);
  expect(lines.at(-1)).toBeLessThanOrEqual(250);
  expect(lines[lines.length >> 1]).toBeLessThanOrEqual(60);
});

test("pages say nothing that is not in the catalog of their words", () => {
  const words =
    /\b(?:title|message): *["`][A-Z]|<(?:label|button|h\d|p)\b[^>]*>\s*[A-Za-z]|\blinkForm\([^)]*, "[A-Z]|say\("[^"]* /;
  const pages = [...texts].filter(([, text]) =>
    /http\/page\.ts"|http\/page-words\.ts"|from "\.\/page-words\.ts"/.test(text),
  );
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter(([, text]) => words.test(text)).map(([file]) => file)).toEqual([]);
});
