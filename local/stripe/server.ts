import type { AddressInfo } from "node:net";
import { type HttpBindings, type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { accountPages } from "./account-pages.ts";
import { api } from "./api.ts";
import { checkoutPages } from "./checkout-pages.ts";
import { control } from "./control.ts";
import { Deliveries } from "./deliveries.ts";
import { Faults } from "./faults.ts";
import { Idempotency } from "./idempotency.ts";
import { indexPage } from "./index-page.ts";
import { type Happening, livePast } from "./past.ts";
import { RequestLog } from "./request-log.ts";
import { catchUp } from "./schedule.ts";
import { emptyState, readState, StateFile } from "./state.ts";
import { World } from "./world.ts";

export interface StripeOptions {
  /** 0 picks a free port. */
  port: number;
  /** Where to send events. Without it, they wait until `POST /_control/webhooks` sets an endpoint. */
  webhook_url?: string | undefined;
  webhook_secret: string;
  /** Where to keep the state between runs. Without it, the state is lost when the process ends. */
  data_file?: string | undefined;
}

export interface RunningStripe {
  stripe_url: string;
  /** Gives the account a past, for sample data. Its events are neither sent nor listed. */
  livePast(happenings: Happening[]): void;
  stop(): Promise<void>;
}

/** Starts the stand-in, reachable only from this machine: Stripe's API at `/v1`, the hosted pages, and `/_control`. */
export async function startStripe(options: StripeOptions): Promise<RunningStripe> {
  const state = options.data_file === undefined ? emptyState() : await readState(options.data_file);
  const file = options.data_file === undefined ? undefined : new StateFile(options.data_file, state);
  const changed = () => file?.changed();

  const app = new Hono<{ Bindings: HttpBindings }>();
  const { server, stripe_url } = await listen(app, options.port);

  const endpoint = { url: options.webhook_url, secret: options.webhook_secret };
  const deliveries = new Deliveries(state, endpoint, changed);
  const world: World = new World(state, stripe_url, (events) => {
    deliveries.publish(events, world);
    changed();
  });
  const faults = new Faults();
  const log = new RequestLog();

  app.use("/*", async (context, next) => {
    await next();
    if (context.res.headers.get("Content-Type")?.startsWith("text/html")) {
      context.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
    }
  });
  app.get("/", (context) => context.html(indexPage(world)));
  app.route("/", api({ world, faults, idempotency: new Idempotency(state.idempotency), log }));
  app.route("/_control", control({ world, deliveries, faults, log, changed }));
  app.route("/", checkoutPages(world));
  app.route("/", accountPages(world));

  deliveries.resume();
  // Real time passes too: open sessions expire, and subscriptions from an earlier run renew.
  const ticking = setInterval(() => catchUp(world), 1000).unref();

  return {
    stripe_url,
    livePast(happenings) {
      // What is already due is not part of that past: the platform is told of it.
      catchUp(world);
      livePast(world, happenings);
      changed();
    },
    async stop() {
      clearInterval(ticking);
      faults.stop();
      await Promise.all([deliveries.stop(), close(server)]);
      await file?.flush();
    },
  };
}

function listen(
  app: Hono<{ Bindings: HttpBindings }>,
  port: number,
): Promise<{ server: ServerType; stripe_url: string }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, ({ port: taken }: AddressInfo) =>
      resolve({ server, stripe_url: `http://127.0.0.1:${taken}` }),
    );
    server.once("error", reject);
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
