import { HTTPException } from "hono/http-exception";
import * as z from "zod";
import { Misconfigured } from "../env.ts";
import type { ErrorCode } from "./error-codes.ts";

export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 411 | 413 | 415 | 416 | 429 | 500 | 503;

/** What every error answers, on every path. */
export const Problem = z
  .object({
    detail: z.string().describe("What went wrong, in a sentence"),
    code: z.string().describe("The same, for a program"),
    request_id: z.string().describe("Name this when asking for help"),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe("Each invalid field, when the input is not valid"),
  })
  .meta({
    id: "Problem",
    example: {
      detail: "There is nothing at this address.",
      code: "not_found",
      request_id: "4565a9c0-db5b-4a2a-a456-1f2e498cbd2a",
    },
  });
export type Problem = z.infer<typeof Problem>;

/** A request that is refused, and why. The only error whose text clients see. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: RefusalStatus;
  readonly code: ErrorCode;
  readonly errors: Problem["errors"];
  readonly headers: Record<string, string>;

  constructor(
    status: RefusalStatus,
    code: ErrorCode,
    sentence: string,
    more: { errors?: Problem["errors"]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(sentence, { cause: more.cause });
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }
}

/** Input that is not valid: 400, with each field that is wrong. */
export const invalidInput = (
  errors: NonNullable<Problem["errors"]>,
  sentence = "The request is not valid: see errors.",
) => new Refusal(400, "invalid_input", sentence, { errors });

/** One field that its schema cannot judge, because that depends on the moment or on other facts. */
export const invalid = (path: string, message: string, sentence?: string) =>
  invalidInput([{ path, message }], sentence);

export const notFound = () => new Refusal(404, "not_found", "There is nothing at this address.");

/** The path is known, the method is not. */
export function methodNotAllowed(methods: string[]): Refusal {
  const Allow = methods.join(", ");
  return new Refusal(405, "method_not_allowed", `This path answers ${Allow}.`, { headers: { Allow } });
}

/** Too often: the client may try again after so many seconds. */
export const tooMany = (code: ErrorCode, sentence: string, seconds: number | null) =>
  new Refusal(429, code, sentence, { headers: { "Retry-After": String(Math.max(1, seconds ?? 1)) } });

/** A dependency (the database, Stripe) does not answer. What was asked may or may not be done; the client may try again. */
export const unavailable = (code: ErrorCode, sentence: string, cause?: unknown) =>
  new Refusal(503, code, sentence, { headers: { "Retry-After": "5" }, cause });

/** Any error as the refusal that the client sees. What is not meant for clients becomes a plain 500. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof Misconfigured) return new Refusal(503, "misconfigured", error.message, { cause: error });
  if (error instanceof HTTPException && error.status === 400)
    return new Refusal(400, "malformed_body", "The request body is not valid JSON.", { cause: error });
  return new Refusal(500, "internal_error", "Something went wrong on our side. It has been logged.", { cause: error });
}

export const toProblem = (refusal: Refusal, request_id: string): Problem => ({
  detail: refusal.message,
  code: refusal.code,
  request_id,
  ...(refusal.errors && { errors: refusal.errors }),
});
