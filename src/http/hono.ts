import type { Context, MiddlewareHandler } from "hono";
import type { Identity } from "../access/access.ts";
import type { Bindings } from "../env.ts";
import type { Route } from "./route.ts";
import type { Upload } from "./upload.ts";

/** What travels with a request through Hono. */
export interface AppEnv {
  Bindings: Bindings;
  Variables: {
    request_id: string;
    now: Date;
    /** Once a route was found. */
    route?: Route;
    /** For a file, which has no route: the pattern that its path fits. */
    file?: string;
    /** Once an access token was accepted. */
    identity?: Identity;
    /** The file that comes in, in a route that declares one. */
    upload?: Upload;
    /** How many round trips to the database the request has made. */
    trips?: () => number;
    /** The Content-Security-Policy of an answer that is not JSON. */
    csp?: string;
  };
}

export type AppContext = Context<AppEnv>;
export type AppMiddleware = MiddlewareHandler<AppEnv>;
