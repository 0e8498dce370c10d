import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { addressesFrom } from "../../../cli/doctor/addresses.ts";
import { examine } from "../../../cli/doctor/check.ts";
import { CHECKS } from "../../../cli/doctor/checks.ts";
import { reportOf } from "../../../cli/doctor/report.ts";
import { seeing } from "./stand-in.ts";

const STATUSES = [200, 400, 401, 403, 404, 429, 500, 503];

test.each(STATUSES)(
  "no secret is printed, even if every service answers %i and repeats what it was sent",
  async (status) => {
    const server = createServer((request, response) => {
      const echo = `${request.url} ${request.headers.authorization} secret-`;
      const error = { type: echo, code: echo, message: echo };
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(
        JSON.stringify({ error, message: echo, detail: echo, code: echo, errors: [error], data: echo, result: echo }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const vars = {
      API_URL: url,
      STRIPE_API_BASE: url,
      MAIL_API_BASE: url,
      DATABASE_URL: "postgresql://loaf_api:secret-database@127.0.0.1:1/loaf",
    };
    const addresses = addressesFrom({ ...vars, CLOUDFLARE_API_BASE_URL: url, DNS_OVER_HTTPS_URL: url });
    const owner_database_url = "postgresql://owner:secret-owner@127.0.0.1:1/loaf";
    const results = await examine(CHECKS, seeing({ addresses, owner_database_url }, vars));
    expect(results.length).toBeGreaterThanOrEqual(CHECKS.length);
    expect(`${reportOf(results)}${JSON.stringify(results)}`).not.toMatch(
      /secret-|secret(stripe|mail|webhook)|c2VjcmV0/,
    );
  },
);
