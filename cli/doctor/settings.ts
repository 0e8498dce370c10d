import { isLocal } from "../../local/settings.ts";
import { DatabaseUrl, Misconfigured, readSettings, SETTING_NAMES } from "../../src/env.ts";
import { type Check, type Finding, notChecked, ok, type Surroundings, wrong } from "./check.ts";
import type { Target } from "./worker-config.ts";

const ENVIRONMENTS: Record<Target, string> = { local: "development", staging: "staging", production: "production" };

/** What the doctor and the deployment read beside the Worker's settings. */
export const OWN_NAMES = [
  "OWNER_DATABASE_URL",
  "STRIPE_SETUP_KEY",
  "CLOUDFLARE_API_TOKEN",
  "CLOUDFLARE_ACCOUNT_ID",
  "CLOUDFLARE_API_BASE_URL",
  "DNS_OVER_HTTPS_URL",
];

const KEEP = "Set it with npx wrangler secret put, or give it to npm run setup:production.";

export const valid: Check = {
  name: "settings",
  async run({ vars, target }) {
    const problems = problemsOf(vars);
    const unseen = target === "local" ? [] : problems.filter((problem) => problem.endsWith(" is missing"));
    const environment = vars.ENVIRONMENT || "production";
    const findings = [
      ...problems.filter((problem) => !unseen.includes(problem)).map((problem) => wrong(problem, KEEP)),
      ...(environment === ENVIRONMENTS[target]
        ? []
        : [
            wrong(
              `ENVIRONMENT is ${environment}`,
              `It must be ${ENVIRONMENTS[target]}: these are the settings of another environment.`,
            ),
          ]),
      // Some are known to nobody but the Worker, such as a JWT_SECRET that the setup made.
      ...(unseen.length === 0
        ? []
        : [
            notChecked(
              `not given: ${unseen.map((problem) => problem.replace(/ is missing$/, "")).join(", ")}`,
              "The line worker: settings says whether the Worker has them.",
            ),
          ]),
    ];
    return findings.length > 0
      ? findings
      : ok(`${SETTING_NAMES.filter((name) => vars[name]).length} settings are valid`);
  },
};

function problemsOf(vars: Record<string, string>): string[] {
  try {
    readSettings({ ...vars });
    return [];
  } catch (error) {
    if (error instanceof Misconfigured) return error.problems;
    throw error;
  }
}

export const known: Check = {
  name: "settings: names",
  async run({ names_in_file }) {
    const names = new Set<string>([...SETTING_NAMES, ...OWN_NAMES]);
    const strangers = (names_in_file ?? []).filter((name) => !names.has(name));
    if (strangers.length > 0)
      return wrong(`nothing reads ${strangers.join(", ")}`, "Correct the name, or remove it. The README lists all.");
    return ok("nothing is misspelled");
  },
};

/** Settings that are valid, but do not belong where real people are. */
export const fitting: Check = {
  name: "settings: fit the environment",
  async run(seen) {
    if (seen.target === "local") return ok("development accepts any valid settings");
    const findings = RULES.flatMap((rule) => rule(seen) ?? []);
    return findings.length > 0 ? findings : ok(`they fit ${seen.target}`);
  },
};

type Rule = (seen: Surroundings) => Finding | undefined;

const RULES: Rule[] = [
  ...["API_URL", "FRONTEND_URL", "R2_PUBLIC_URL"].map(
    (name): Rule =>
      ({ vars }) =>
        vars[name]?.startsWith("http:") ? wrong(`${name} is not encrypted`, "It must begin with https://.") : undefined,
  ),
  ...["NEON_HTTP_ENDPOINT", "STRIPE_API_BASE", "MAIL_API_BASE", "TURNSTILE_API_BASE"].map(
    (name): Rule =>
      ({ vars }) =>
        vars[name] && URL.canParse(vars[name]) && isLocal(vars[name])
          ? wrong(`${name} names this machine`, "Remove it, so that the real service is used.")
          : undefined,
  ),
  ({ vars }) =>
    DatabaseUrl.safeParse(vars.DATABASE_URL).success && isLocal(vars.DATABASE_URL ?? "")
      ? wrong("DATABASE_URL names this machine", "Use the address that Neon shows, with the login loaf_api.")
      : undefined,
  ({ vars }) =>
    vars.JWT_SECRET && vars.JWT_SECRET === vars.SECOND_FACTOR_KEY
      ? wrong(
          "JWT_SECRET and SECOND_FACTOR_KEY are the same",
          "Make another SECOND_FACTOR_KEY: openssl rand -base64 32.",
        )
      : undefined,
  ({ vars }) =>
    vars.FRONTEND_URL && !vars.CORS_ORIGINS
      ? notChecked("CORS_ORIGINS was not given", "It must name FRONTEND_URL's origin, or browsers refuse its requests.")
      : undefined,
  ({ vars }) =>
    vars.FRONTEND_URL &&
    vars.CORS_ORIGINS &&
    !vars.CORS_ORIGINS.split(",").some((each) => sameOrigin(each, vars.FRONTEND_URL ?? ""))
      ? wrong("CORS_ORIGINS does not name FRONTEND_URL's origin", "Add it, or browsers refuse the frontend's requests.")
      : undefined,
  ({ vars }) =>
    vars.MAIL_WEBHOOK_SECRET
      ? undefined
      : notChecked(
          "MAIL_WEBHOOK_SECRET was not given",
          "If the Worker does not have it either, we hear nothing of bounces and complaints.",
        ),
  ({ vars, target }) =>
    target === "production" && vars.MAIL_ALLOWED
      ? wrong("MAIL_ALLOWED is set", "Unset it here: production sends email to everybody.")
      : undefined,
];

const sameOrigin = (one: string, other: string) => {
  const origin = URL.parse(one.trim())?.origin;
  return origin !== undefined && origin === URL.parse(other)?.origin;
};
