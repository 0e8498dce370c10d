import type { HtmlEscapedString } from "hono/utils/html";
import type * as z from "zod";
import type { Access } from "../access/access.ts";
import type { Context, SignedInContext } from "./context.ts";
import type { RefusalStatus } from "./errors.ts";

type Schema = z.ZodType;

/** The parsed input; what a route does not declare is undefined. */
interface Input<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** The body as it came and the headers, for a route with `signed_body`. */
  raw: { body: string; headers: Headers };
}

/** A success with a body: its status and schema. */
type Responses = { [status in 200 | 201]?: Schema };

interface Declaration<
  A extends Access,
  P extends Schema,
  Q extends Schema,
  B extends Schema,
  R extends Responses,
  Body = R[keyof R] extends infer S extends Schema ? z.infer<S> : never,
> {
  method: "get" | "post" | "put" | "delete";
  /** From the root, parameters in braces: `/api/events/{id}`. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  access: A;
  /** `body`: JSON; with `form` also what a plain form sends. `signed_body`: any text up to 1 MiB, handed over as it came. */
  request?: { params?: P; query?: Q; body?: B; form?: true; signed_body?: true };
  response: R;
  /** Refusals beyond those that its access and input imply. */
  errors?: readonly RefusalStatus[];
  /** Guessing passwords, tokens or addresses starts here: counted against the stricter rate limit. */
  credentials?: true;
  /** Does the same when it is sent again, so that a lost answer of the database may be asked for again. */
  repeatable?: true;
  /** A GET that changes something, because a mailed link must: HEAD, which scanners and previewers send, is refused. */
  changes?: true;
  /** Trips to the database before the answer, where it is not one; the reason stands beside it. */
  round_trips?: 0 | 2;
  /** How a person sees the answer: sent instead of JSON to whoever prefers HTML. */
  page?(body: Body): HtmlEscapedString | Promise<HtmlEscapedString>;
  handle(
    ctx: A extends { kind: "open" } ? Context : SignedInContext,
    input: Input<z.infer<P>, z.infer<Q>, z.infer<B>>,
  ): Promise<Body>;
}

/**
 * A declared route: the request path, OpenAPI, the permission matrix and the generated tests all read this value. Its
 * handler's types are erased here and nowhere else; src/http/mount.ts gives it what its declaration promised.
 */
export type Route = Omit<Declaration<Access, Schema, Schema, Schema, Responses>, "handle" | "page"> & {
  page?(body: unknown): HtmlEscapedString | Promise<HtmlEscapedString>;
  handle(ctx: Context, input: Input<unknown, unknown, unknown>): Promise<unknown>;
};

/**
 * Declares a route. The handler gets input that its schemas have parsed, and a context whose transactions begin with
 * the route's own `access`.
 */
export const route = <
  const A extends Access,
  R extends Responses,
  P extends Schema = z.ZodUndefined,
  Q extends Schema = z.ZodUndefined,
  B extends Schema = z.ZodUndefined,
>(
  declaration: Declaration<A, P, Q, B, R>,
): Route => declaration;

/** The one status and schema a route succeeds with. */
export function success(declared: Route): { status: 200 | 201; schema: Schema } {
  const status = declared.response[201] ? 201 : 200;
  const schema = declared.response[status];
  if (!schema) throw new Error(`${declared.path} declares no response`);
  return { status, schema };
}
