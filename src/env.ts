import * as z from "zod";

/** What wrangler.toml binds. Its settings are strings, which `readSettings` parses. */
export interface Bindings {
  ASSETS: Fetcher;
  /** Never has public access. */
  PHOTOS: R2Bucket;
  /** Holds only what everybody may see. */
  PUBLIC_FILES: R2Bucket;
  IMAGES: ImagesBinding;
  QUEUE: Queue;
  GENERAL_RATE_LIMIT: RateLimit;
  CREDENTIALS_RATE_LIMIT: RateLimit;
}

const hasCents = (currency: string) =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits === 2;

const secret = z.string().min(1);

/** One secret, or several separated by commas while they are rotated. */
const secrets = secret.transform((list) => list.split(",").flatMap((each) => each.trim() || []));

/** An address that paths are appended to, so it has no query. A frontend's may have a hash. */
const url = z
  .url({ protocol: /^https?$/, error: "must be an http(s) URL such as https://api.example.org" })
  .regex(/^[^\s?]+$/, "must be an http(s) URL without spaces and without a query")
  .transform((value) => value.replace(/\/+$/, ""));

/** Whether this is a PostgreSQL URL that Neon's driver accepts, with parts that can be decoded. */
function isDatabaseUrl(text: string): boolean {
  const parts = URL.parse(text);
  if (!parts || !/^postgres(ql)?:$/.test(parts.protocol)) return false;
  const { username, password, hostname, pathname } = parts;
  try {
    return (
      [username, hostname, pathname.slice(1)].every((part) => decodeURIComponent(part) !== "") &&
      decodeURIComponent(password) !== undefined
    );
  } catch {
    return false;
  }
}

/** The address of a database. */
export const DatabaseUrl = z
  .string()
  .refine(
    isDatabaseUrl,
    "must be a postgres:// URL such as postgresql://user:password@host/database, with the password's special characters percent-encoded",
  );

/** An origin as browsers send it. Undefined if the text is not one. */
function originOf(text: string): string | undefined {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^\s/?#@]+\/*$/i.test(text)) return undefined;
  const parts = URL.parse(text);
  // Apps have schemes of their own, such as capacitor://localhost, for which URL gives no origin.
  return parts?.origin === "null" ? text.toLowerCase().replace(/\/+$/, "") : parts?.origin;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Whether this is an address where Sentry takes errors: a key, a host and the number of a project. */
function isSentryDsn(text: string): boolean {
  const { protocol, username, hostname, pathname, search, hash } = URL.parse(text) ?? { protocol: "" };
  const encrypted = protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname ?? ""));
  return encrypted && /^\w+$/.test(username ?? "") && /\/\d+$/.test(pathname ?? "") && !search && !hash;
}

/** Milliseconds, at most the 30 seconds that a Worker has for work after its answer. */
const timeout = (unless_set: number) =>
  z.coerce
    .number("must be a number")
    .int()
    .min(100, "must be at least 100")
    .max(30_000, "must be at most 30000")
    .default(unless_set);

/** Addresses whose replies nobody reads. */
const NO_REPLY = /^(no|do-?not|never)[-_.]?reply\b/i;

/** An address, or the domain of addresses with its @. */
const ALLOWED = /^[^\s@]*@[^\s@]+$/;

const Each = z.object({
  ENVIRONMENT: z
    .enum(["development", "staging", "production"], "must be development, staging or production")
    .default("production"),
  /** The public address of this API. Links in emails use it when there is no frontend. */
  API_URL: url,
  FRONTEND_URL: url.optional(),
  CORS_ORIGINS: z
    .string()
    .default("")
    .transform((list, context) =>
      list.split(",").flatMap((entry) => {
        if (entry.trim() === "") return [];
        const origin = originOf(entry.trim());
        if (origin === undefined)
          context.addIssue("must list origins such as https://members.example.org, separated by commas");
        return origin ?? [];
      }),
    ),
  DATABASE_URL: DatabaseUrl,
  /** How long we wait for the database before we answer 503. */
  DATABASE_TIMEOUT_MS: timeout(10_000),
  /** Unset: Neon's own endpoint for DATABASE_URL. */
  NEON_HTTP_ENDPOINT: url.optional(),
  JWT_SECRET: secret.min(32, "must have at least 32 characters"),
  /** The old secret while you rotate it: accepted, but not used for signing. */
  JWT_SECRET_PREVIOUS: secret.min(32, "must have at least 32 characters").optional(),
  ACCESS_TOKEN_EXPIRE_MINUTES: z.coerce
    .number("must be a number")
    .int()
    .min(1, "must be at least 1")
    .max(1440, "must be at most 1440")
    .default(30),
  /** Encrypts the secrets of second factors. If it is lost, everybody has to set up theirs again. */
  SECOND_FACTOR_KEY: secret.min(32, "must have at least 32 characters"),
  /** The old key while you rotate it: still used for decryption. */
  SECOND_FACTOR_KEY_PREVIOUS: secret.min(32, "must have at least 32 characters").optional(),
  /** Whether roles that require a second factor enforce it. Unset: only in production. */
  SECOND_FACTOR: z.enum(["required", "optional"], "must be required or optional").optional(),
  /** Unset: Cloudflare Turnstile is off. */
  TURNSTILE_SECRET: secret.optional(),
  /** The key that a frontend shows the widget with. It is public. */
  TURNSTILE_SITE_KEY: secret.optional(),
  TURNSTILE_API_BASE: url.default("https://challenges.cloudflare.com"),
  STRIPE_SECRET_KEY: secret,
  STRIPE_PUBLISHABLE_KEY: secret.optional(),
  STRIPE_WEBHOOK_SECRET: secrets.refine((list) => list.length > 0, "must name a secret"),
  STRIPE_API_BASE: url.refine((base) => new URL(base).pathname === "/", "must have no path").optional(),
  /** How long we wait for Stripe. We ask at most twice. */
  STRIPE_TIMEOUT_MS: timeout(8_000),
  /** ISO 4217 code of the currency of all dues and donations. */
  CURRENCY: z
    .string()
    .regex(/^[a-z]{3}$/, { error: "must be an ISO 4217 code in lower case", abort: true })
    .refine(hasCents, "must be a currency with cents")
    .default("usd"),
  MAIL_PROVIDER: z.enum(["resend", "sendgrid"], "must be resend or sendgrid").default("resend"),
  MAIL_API_KEY: secret,
  MAIL_API_BASE: url.optional(),
  /** Resend's signing secrets, or SendGrid's public keys. Unset: we hear nothing of bounces and complaints. */
  MAIL_WEBHOOK_SECRET: secrets
    .refine((list) => list.every((each) => /^(whsec_)?[\w+/-]+={0,2}$/.test(each)), "must be what the provider shows")
    .default([]),
  /** Where replies go, unless the organization's settings or the mail name another address. Mails ask for replies. */
  MAIL_FROM_EMAIL: z
    .email("must be an email address")
    .refine((address) => !NO_REPLY.test(address), "must be an address where somebody reads the replies"),
  MAIL_FROM_NAME: z.string().min(1).default("LOAF"),
  /** The only addresses, and domains such as @example.org, that get mail. Unset: everybody, but in staging nobody. */
  MAIL_ALLOWED: z
    .string()
    .transform((list, context) =>
      list.split(",").flatMap((entry) => {
        const allowed = entry.trim().toLowerCase();
        if (allowed !== "" && !ALLOWED.test(allowed))
          context.addIssue("must list addresses, or domains such as @example.org, separated by commas");
        return allowed || [];
      }),
    )
    .optional(),
  /** The public address of the bucket PUBLIC_FILES. Unset: this API serves its files. */
  R2_PUBLIC_URL: url.optional(),
  /** Where Sentry takes unexpected errors. Unset: they are only logged. */
  SENTRY_DSN: z.string().refine(isSentryDsn, "must be a DSN such as https://key@o1.ingest.sentry.io/1").optional(),
  /** What the page at `/` offers a developer, as JSON: addresses on this machine, and sample people. `npm run dev` sets it. */
  DEVELOPMENT_PAGE: z.string().optional(),
  /** What was deployed, such as a commit. `npm run deploy` sets it. */
  RELEASE: z
    .string()
    .regex(/^[\w.+-]{1,100}$/, "must be letters, digits, and . _ + -")
    .optional(),
});

/** The name of every setting. */
export const SETTING_NAMES = Object.keys(Each.shape);

const Settings = Each.refine((settings) => settings.ENVIRONMENT !== "production" || settings.JWT_SECRET.length >= 64, {
  path: ["JWT_SECRET"],
  message: "must have at least 64 characters in production",
})
  .superRefine(({ ENVIRONMENT, ...settings }, context) => {
    if (ENVIRONMENT === "development") return;
    if (settings.DEVELOPMENT_PAGE !== undefined)
      context.addIssue({ code: "custom", path: ["DEVELOPMENT_PAGE"], message: "is for development only" });
    if (settings.SENTRY_DSN?.startsWith("http:"))
      context.addIssue({ code: "custom", path: ["SENTRY_DSN"], message: "must begin with https://" });
    for (const name of ["JWT_SECRET", "SECOND_FACTOR_KEY"] as const)
      if (settings[name].startsWith("local-"))
        context.addIssue({ code: "custom", path: [name], message: "is the example value, which is public" });
  })
  .transform(({ SECOND_FACTOR, MAIL_ALLOWED, ...settings }) => ({
    ...settings,
    MAIL_ALLOWED: MAIL_ALLOWED ?? (settings.ENVIRONMENT === "staging" ? [] : undefined),
    SECOND_FACTOR: SECOND_FACTOR ?? (settings.ENVIRONMENT === "production" ? "required" : "optional"),
  }));

export type Settings = z.infer<typeof Settings>;

/** Settings are missing or wrong. Names each setting, never its value. */
export class Misconfigured extends Error {
  override name = "Misconfigured";
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`The service is not configured: ${problems.join("; ")}`);
    this.problems = problems;
  }
}

const known = new WeakMap<object, Settings>();

/** The Worker's settings, parsed once per environment object. Throws {@link Misconfigured}. */
export function readSettings(bindings: object): Settings {
  const parsed = known.get(bindings);
  if (parsed) return parsed;
  // An empty variable counts as not set.
  const given = Object.fromEntries(Object.entries(bindings).filter(([, value]) => value !== ""));
  const result = Settings.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const name = issue.path.join(".");
      return name in given ? `${name} ${issue.message}` : `${name} is missing`;
    });
    throw new Misconfigured([...new Set(problems)]);
  }
  known.set(bindings, result.data);
  return result.data;
}

/** The settings, or undefined while any is missing or wrong: the request itself then says which. */
export function settingsOf(bindings: object): Settings | undefined {
  try {
    return readSettings(bindings);
  } catch {
    return undefined;
  }
}
