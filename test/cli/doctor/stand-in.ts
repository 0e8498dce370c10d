import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import { addressesFrom } from "../../../cli/doctor/addresses.ts";
import { type Check, examine, type Surroundings } from "../../../cli/doctor/check.ts";

/** What a stand-in answers: a body, or a status with one. */
export type Scene = Record<string, unknown>;

export class Answering {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown = null, headers: Record<string, string> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A server that answers each path as the scene says, with a query or without, and everything else with 404. */
export async function standIn(scene: Scene): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const said = scene[path] ?? scene[path.split("?")[0] ?? ""] ?? new Answering(404, { message: "Not found" });
    const { status, body, headers } = said instanceof Answering ? said : new Answering(200, said);
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

/** Settings that are right in production. */
export const VARS = {
  ENVIRONMENT: "production",
  API_URL: "https://api.loaf.example",
  FRONTEND_URL: "https://loaf.example",
  CORS_ORIGINS: "https://loaf.example",
  DATABASE_URL: "postgresql://loaf_api:secret-database@db.neon.example/loaf",
  JWT_SECRET: "secret-jwt-".padEnd(64, "1"),
  SECOND_FACTOR_KEY: "secret-factor-".padEnd(44, "2"),
  STRIPE_SECRET_KEY: "sk_live_secretstripe",
  STRIPE_PUBLISHABLE_KEY: "pk_live_public",
  STRIPE_WEBHOOK_SECRET: "whsec_secretwebhook",
  MAIL_API_KEY: "re_secretmail",
  MAIL_WEBHOOK_SECRET: "whsec_c2VjcmV0bWFpbA==",
  MAIL_FROM_EMAIL: "hello@loaf.example",
};

/** Production, where each service is a stand-in that the test names. */
export function seeing(changes: Partial<Surroundings> = {}, vars: Record<string, string> = {}): Surroundings {
  const given = { ...VARS, ...vars };
  return {
    target: "production",
    vars: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "")),
    names_in_file: undefined,
    worker: {
      name: "loaf-api-production",
      buckets: [
        { binding: "PHOTOS", bucket_name: "loaf-photos" },
        { binding: "PUBLIC_FILES", bucket_name: "loaf-public" },
      ],
      queue: "loaf-doorbell",
      crons: ["17 * * * *", "20 3 * * *"],
    },
    addresses: addressesFrom({ MAIL_API_BASE: "http://127.0.0.1:1", STRIPE_API_BASE: "http://127.0.0.1:1" }),
    owner_database_url: undefined,
    stripe_setup_key: undefined,
    cloudflare: { token: "secret-cloudflare", account: "acc" },
    first_deployment: false,
    now: () => Date.now(),
    ...changes,
  };
}

/** The lines of one check: how it stands, and what it says. */
export async function linesOf(check: Check, seen: Surroundings): Promise<[string, string][]> {
  return (await examine([check], seen)).map(({ state, about }) => [state, about]);
}
