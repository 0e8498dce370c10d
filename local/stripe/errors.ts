export interface StripeErrorBody {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  code?: string;
  message: string;
  param?: string;
  request_log_url?: string;
}

/** A 4xx or 5xx response in Stripe's format. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;

  constructor(status: number, body: StripeErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export function invalidRequest(message: string, param?: string, code?: string): StripeError {
  return new StripeError(400, {
    type: "invalid_request_error",
    ...(code === undefined ? {} : { code }),
    message,
    ...(param === undefined ? {} : { param }),
  });
}

export function unknownParameters(names: string[]): StripeError {
  const message = `Received unknown parameter${names.length > 1 ? "s" : ""}: ${names.join(", ")}`;
  return invalidRequest(message, names[0], "parameter_unknown");
}

export function missingParameter(name: string): StripeError {
  return invalidRequest(`Missing required param: ${name}.`, name, "parameter_missing");
}

/**
 * If `param` is `id`, the object was named in the URL (404). Otherwise `param` is the parameter that named it (400).
 */
export function noSuch(kind: string, id: string, param = "id"): StripeError {
  return new StripeError(param === "id" ? 404 : 400, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

export function unrecognizedUrl(method: string, path: string): StripeError {
  return new StripeError(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${path}).`,
  });
}

export function unauthorized(message: string): StripeError {
  return new StripeError(401, { type: "invalid_request_error", message });
}
