import type { HtmlEscapedString } from "hono/utils/html";
import * as z from "zod";
import type { Access } from "../access/access.ts";
import type { Bindings, Settings } from "../env.ts";
import type { StoredObject } from "../storage/stored-object.ts";
import type { Context, SignedInContext } from "./context.ts";
import type { RefusalStatus } from "./errors.ts";
import type { Upload, UploadRules } from "./upload.ts";

type Schema = z.ZodType;
/** A query is an object, so that we know the names of its parameters. */
type QuerySchema = z.ZodObject | z.ZodUndefined;

/** The parsed input. What a route does not declare is undefined. */
interface Input<P, Q, B, F> {
  params: P;
  query: Q;
  body: B;
  /** For a route with `signed_body`: the bytes of the body as they came, and the headers. Empty for others. */
  raw: { body: Uint8Array; headers: Headers };
  /** For a route with `upload`: the file that is coming in. For others, it throws. */
  upload(): Upload<F>;
}

/** What a handler knows about its caller. */
type ContextFor<A extends Access> = A extends { kind: "open" }
  ? Context
  : A extends { kind: "open_or_signed_in" }
    ? Context | SignedInContext
    : SignedInContext;

/** What a document that is printed may read. */
export type PrintFiles = Pick<Bindings, "ASSETS" | "PUBLIC_FILES">;

/** A file to download. Its name is plain ASCII. */
export class Download {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  /** Names the content, for clients that ask again and again. Such a client may keep what it got. */
  readonly etag: string | null;

  constructor(name: string, content: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>, etag: string | null = null) {
    this.name = name;
    this.content = content;
    this.etag = etag;
  }
}

/** A success that is always a file to download: the handler returns a {@link Download}. */
export interface FileOf {
  readonly file_type: "text/csv; charset=utf-8" | "text/calendar; charset=utf-8";
}

/** A success that is always a stored image or document: the handler returns a {@link StoredObject}. */
export interface StoredOf {
  readonly stored_type: "image/webp" | "image/*" | "application/pdf";
}

/** What a route answers on success: the status, and the schema of the JSON or the type of the file. */
type Responses = { [status in 200 | 201]?: Schema | FileOf | StoredOf };

type BodyOf<Success> = Success extends Schema
  ? z.infer<Success>
  : Success extends FileOf
    ? Download
    : Success extends StoredOf
      ? StoredObject
      : never;

interface Declaration<
  A extends Access,
  P extends Schema,
  Q extends QuerySchema,
  B extends Schema,
  R extends Responses,
  F,
  Body = BodyOf<R[keyof R]>,
> {
  method: "get" | "post" | "put" | "delete";
  /** From the root, parameters in braces: `/api/events/{id}`. */
  path: `/${string}`;
  tag: string;
  /** Names the use case, for clients that are generated from OpenAPI: `approveUser`. */
  operationId: string;
  summary: string;
  description?: string;
  access: A;
  /** `body` is JSON or, with `form`, also a plain form. `signed_body` is any bytes up to 1 MiB, passed on as they came. */
  request?: {
    params?: P;
    query?: Extract<Q, z.ZodObject>;
    body?: B;
    form?: true;
    signed_body?: true;
    /** A file, which the handler reads while it comes in. */
    upload?: UploadRules<F>;
  };
  response: R;
  /** Refusals in addition to those that `access` and `request` imply. */
  errors?: readonly RefusalStatus[];
  /** People could guess passwords, tokens, addresses or cards here: the stricter rate limit applies. */
  credentials?: true;
  /** No rate limit: one page shows a hundred of these, and there is nothing to guess. */
  unlimited?: true;
  /** Doing it twice has the same effect and the same answer as doing it once, so we may retry if the database's answer is lost. */
  repeatable?: true;
  /** A GET that changes something, for clients that follow a mailed link. HEAD, which scanners send, is refused. */
  changes?: true;
  /** A link in mails: parameters that mail gateways add to it are ignored. Included in `ask`. */
  mailed?: true;
  /** Names the content of the answer (ETag), for clients that ask again and again: 304 when nothing changed. */
  etag?: true;
  /**
   * Without an access token, nothing in the answer depends on the caller: anybody may keep it for a minute. With one, nobody
   * may keep it. Includes `etag`.
   */
  public_for_a_minute?: true;
  /** Round trips to the database before the answer, if not one. Say why beside it. */
  round_trips?: 0 | 2;
  /**
   * The page that asks before a GET with `changes` acts, because a scanner that follows a mailed link must change nothing.
   * Its button sends POST. Clients whose Accept header names JSON, and does not prefer HTML, skip the page.
   */
  ask?(ctx: ContextFor<A>, input: Input<z.infer<P>, z.infer<Q>, z.infer<B>, F>): Promise<HtmlEscapedString>;
  /** The answer as a page, for clients that prefer HTML. */
  page?(body: Body, settings: Settings, params: z.infer<P>): HtmlEscapedString | Promise<HtmlEscapedString>;
  /** Where clients that prefer HTML are sent (303) instead of getting the answer. */
  see_other?(body: Body, params: z.infer<P>): string;
  /** Where the form is that sends this: with `see_other`, by default, a GET of the same path. `above`: of the path above. */
  form_at?: "above";
  /** The page has a form that leads elsewhere: to a page of Stripe, or of the frontend. */
  leads_away?: true;
  /** Browsers save the answer as a file of this name instead of showing it. Plain ASCII. */
  save_as?: string;
  /** The answer as a file, for clients that prefer its type. It may read our static and public files. */
  file?: { type: "application/pdf"; of(body: Body, files: PrintFiles): Promise<Download> };
  handle(ctx: ContextFor<A>, input: Input<z.infer<P>, z.infer<Q>, z.infer<B>, F>): Promise<Body>;
}

/**
 * A declared route. The application, OpenAPI, the permission matrix and the generated tests all read this value. It no
 * longer carries the types of the handler's input; src/http/mount.ts passes the handler what the declaration promises.
 */
export type Route = Declaration<Access, Schema, QuerySchema, Schema, Responses, unknown, unknown>;

/** Declares a route. Its handler gets parsed input, and a context whose transactions check the route's `access`. */
export const route = <
  const A extends Access,
  R extends Responses,
  P extends Schema = z.ZodUndefined,
  Q extends QuerySchema = z.ZodUndefined,
  B extends Schema = z.ZodUndefined,
  F = unknown,
>(
  declaration: Declaration<A, P, Q, B, R, F>,
): Route => declaration;

/** Whether mails link to a route. */
export const isMailedLink = ({ ask, mailed }: Route): boolean => ask !== undefined || mailed === true;

/** The one status a route succeeds with, and the schema and media type of its answer. */
export function success(declared: Route): { status: 200 | 201; schema: Schema; type: string } {
  const status = declared.response[201] ? 201 : 200;
  const answer = declared.response[status];
  if (!answer) throw new Error(`${declared.path} declares no response`);
  if ("file_type" in answer) return { status, schema: FILE, type: answer.file_type };
  if ("stored_type" in answer) return { status, schema: FILE, type: answer.stored_type };
  return { status, schema: answer, type: "application/json" };
}

const FILE = z.string();
