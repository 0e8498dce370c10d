import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type { ErrorCode } from "../src/http/error-codes.ts";
import type { Route } from "../src/http/route.ts";
import { ALL_CODES, isErrorCode, meaningOf } from "./error-actions.ts";

// Which codes a route can answer, read from the source: from its declaration through everything that it names. A helper
// that serves several use cases lends each of them all of its codes, so a list may name a code too many. That it never
// names one too few is held by every test that calls the API: see test/harness/client.ts.

interface Piece {
  /** The names of the file that it uses. */
  names: string[];
  /** Modules that it loads when needed. */
  modules: string[];
  codes: ErrorCode[];
}

interface File {
  /** The declarations at the top level, by name. */
  pieces: Map<string, Piece>;
  /** Imported names, with the file that they come from. */
  imports: Map<string, { file: string; name: string }>;
  /** The routes that it declares, by operation. */
  operations: Map<string, Piece>;
}

const ROOT = join(import.meta.dirname, "..");
/** What these refuse, every route can answer. They say so in `impliedCodes`. */
const EVERYWHERE =
  /^src\/(database|http|mail\/(?!feedback)|tables|access\/access-token\.ts|env\.ts|context\.ts|app\.ts)/;

const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
const DECLARATION = /^(?:export )?(?:async )?(?:const|let|function\*?|class) (\w+)/gm;
const IMPORT = /^import (?!type )(?:\w+, )?\{([^}]*)\} from "(\.[^"]+)"/gm;

let known: Map<string, File> | undefined;

function files(): Map<string, File> {
  known ??= new Map(
    globSync("src/**/*.ts", { cwd: ROOT }).map((path) => [path, read(path, readFileSync(join(ROOT, path), "utf8"))]),
  );
  return known;
}

function read(path: string, source: string): File {
  const text = source.replaceAll(COMMENT, "");
  const at = (target: string) => normalize(join(dirname(path), target));
  const imports = new Map(
    [...text.matchAll(IMPORT)].flatMap(([, names = "", target = ""]) =>
      names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "" && !name.startsWith("type "))
        .map((name) => {
          const [theirs = name, ours = theirs] = name.split(" as ");
          return [ours, { file: at(target), name: theirs }] as const;
        }),
    ),
  );
  const starts = [...text.matchAll(DECLARATION)];
  const pieces = new Map(
    starts.map(({ index, 1: name = "" }, nth) => [name, pieceOf(path, text.slice(index, starts[nth + 1]?.index))]),
  );
  const routes = text.split(/(?<![\w.])route\(\{/).slice(1);
  const operations = new Map(
    routes.map((declared) => [/operationId: "(\w+)"/.exec(declared)?.[1] ?? "", pieceOf(path, declared)]),
  );
  return { pieces, imports, operations };
}

/** What the database's functions and triggers, and Stripe, refuse: by the call or the change that they look at. */
const ELSEWHERE: readonly [change: RegExp, ...codes: ErrorCode[]][] = [
  // src/stripe/refusal.ts
  [
    /\bstripe\s*\.\s*\w+\s*\.|\{ [^}]*\bstripe\b[^}]* \}/,
    "amount_too_large",
    "amount_too_small",
    "email_refused",
    "refused_by_stripe",
    "stripe_key_refused",
  ],
  [/\bguardFresh\(/, "reauthentication_required"],
  [/delete\(user_role_assignments\)|update\(users\)[\s\S]*?\bstatus\b/, "last_superadmin"],
  [/delete\((roles|role_permissions)\)/, "system_role"],
];

const pieceOf = (path: string, text: string): Piece => ({
  names: [...new Set(text.match(/(?<!\w|[^.]\.)\w+/g))],
  modules: [...text.matchAll(/import\("(\.[^"]+)"\)/g)].map(([, target = ""]) =>
    normalize(join(dirname(path), target)),
  ),
  codes: [
    ...[...text.matchAll(/["']([a-z_]+)["']/g)].map(([, word = ""]) => word).filter(isErrorCode),
    ...ELSEWHERE.filter(([change]) => change.test(text)).flatMap(([, ...codes]) => codes),
  ],
});

/** Adds the codes of a piece, and of all that it names. */
function collect(path: string, piece: Piece | undefined, found: Set<ErrorCode>, seen: Set<Piece>): void {
  const file = files().get(path);
  if (!file || !piece || EVERYWHERE.test(path) || seen.has(piece)) return;
  seen.add(piece);
  for (const code of piece.codes) found.add(code);
  for (const used of piece.names) {
    const { file: from, name } = file.imports.get(used) ?? { file: path, name: used };
    collect(from, files().get(from)?.pieces.get(name), found, seen);
  }
  for (const target of piece.modules)
    for (const each of files().get(target)?.pieces.values() ?? []) collect(target, each, found, seen);
}

/** Codes that follow from what the route takes, and from who may call it. */
function impliedCodes({ access, request = {}, response, method }: Route): ErrorCode[] {
  const signs_in = access.kind !== "open";
  const must = signs_in && access.kind !== "open_or_signed_in";
  return [
    "invalid_input",
    ...(request.params ? (["not_found"] as const) : []),
    ...(request.body ? (["malformed_body", "body_too_large", "unsupported_media_type"] as const) : []),
    ...(request.signed_body ? (["body_too_large"] as const) : []),
    ...(request.upload ? (["file_too_large", "unsupported_media_type", "upload_incomplete"] as const) : []),
    ...(request.upload?.many ? (["upload_too_large"] as const) : []),
    ...(signs_in ? (["not_signed_in", "invalid_token", "token_expired", "session_ended"] as const) : []),
    ...(must && access.kind === "signed_in" && access.statuses ? (["status_not_allowed"] as const) : []),
    ...(access.kind === "permitted" ? (["status_not_allowed", "permission_missing"] as const) : []),
    ...(must && !access.enrolling ? (["second_factor_required"] as const) : []),
    ...(must && access.fresh ? (["reauthentication_required"] as const) : []),
    ...(method === "get" ? [] : (["already_exists"] as const)),
    ...(response[200] && "stored_type" in response[200]
      ? (["range_not_satisfiable", "storage_unavailable"] as const)
      : []),
    "too_many_requests",
    "internal_error",
    "database_unavailable",
    "misconfigured",
  ];
}

/** The errors that a route declares, plus those that its access and input imply. */
function refusalsOf({ access, request = {}, errors = [] }: Route): number[] {
  const implied = [
    400,
    ...(access.kind === "open" ? [] : access.kind === "open_or_signed_in" ? [401] : [401, 403]),
    ...(request.params ? [404] : []),
    ...(request.body ? [413, 415] : []),
    ...(request.signed_body ? [413] : []),
    ...(request.upload ? [413, 415] : []),
    429,
    500,
    503,
  ];
  return [...new Set([...implied, ...errors])].sort((a, b) => a - b);
}

/** Every code that a route can answer, by the statuses that it declares. */
export function codesOf(route: Route): Map<number, ErrorCode[]> {
  const found = new Set<ErrorCode>(impliedCodes(route));
  const [path, file] = [...files()].find(([, { operations }]) => operations.has(route.operationId)) ?? [];
  if (path === undefined) throw new Error(`No file of src declares the operation ${route.operationId}`);
  collect(path, file?.operations.get(route.operationId), found, new Set());
  return new Map(
    refusalsOf(route).map((status) => [
      status,
      ALL_CODES.filter((code) => found.has(code) && meaningOf(code).statuses.includes(status)),
    ]),
  );
}
