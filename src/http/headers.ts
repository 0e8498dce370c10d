import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { type Bindings, type Settings, settingsOf } from "../env.ts";
import { publicFilesUrl } from "../storage/links.ts";
import type { AppMiddleware } from "./hono.ts";
import type { Route } from "./route.ts";

/** For JSON: it cannot run scripts, be framed, be taken for another type, or leak a referrer. */
export const apiHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
  crossOriginResourcePolicy: "cross-origin",
  referrerPolicy: "no-referrer",
  xFrameOptions: "DENY",
  strictTransportSecurity: "max-age=63072000; includeSubDomains",
});

/**
 * Where forms may lead. Browsers also check where the answer to a form redirects them. An organization may have Stripe's pages on
 * a domain of its own, so a form that leads to Stripe may lead to any page over HTTPS.
 */
function formActions({ leads_away }: Pick<Route, "leads_away">, settings: Settings | undefined): string {
  const others = leads_away && settings ? [settings.STRIPE_API_BASE, settings.FRONTEND_URL] : [];
  const origins = others.flatMap((url) => (url ? [new URL(url).origin] : []));
  return ["'self'", ...(leads_away ? ["https:", ...origins] : [])].join(" ");
}

/** For our small pages: the same, plus inline styles, forms, the icon, and the logo, wherever public files are. */
export const pageCsp = (settings: Settings | undefined, declared: Pick<Route, "leads_away"> = {}): string =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:${settings ? ` ${new URL(publicFilesUrl(settings)).origin}` : ""}; frame-ancestors 'none'; base-uri 'none'; form-action ${formActions(declared, settings)}`;

/** For the documentation: scripts and requests from this origin only. Redoc searches in a worker made from a blob. */
export const DOCS_CSP =
  "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** A frontend on the developer's own machine. */
const LOCAL_ORIGIN = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

function isAllowed(origin: string, settings: Settings | undefined): boolean {
  if (settings?.CORS_ORIGINS.includes(origin)) return true;
  return settings?.ENVIRONMENT === "development" && LOCAL_ORIGIN.test(origin);
}

const sharing = cors({
  origin: (origin, { env }: { env: Bindings }) => (isAllowed(origin, settingsOf(env)) ? origin : null),
  allowMethods: ["GET", "POST", "PUT", "DELETE"],
  allowHeaders: ["Authorization", "Content-Type", "If-None-Match"],
  exposeHeaders: ["X-Request-Id", "Retry-After", "Server-Timing", "Content-Disposition", "ETag"],
  maxAge: 86_400,
});

/**
 * Answers preflights, and lets scripts from CORS_ORIGINS read our answers. In development, scripts from this machine can
 * read them too. Scripts from other origins cannot.
 */
export const crossOrigin: AppMiddleware = async (c, next) => {
  if (c.req.header("Origin") || c.req.method === "OPTIONS") return sharing(c, next);
  await next();
  c.res.headers.append("Vary", "Origin");
};
