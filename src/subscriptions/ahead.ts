import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";

/** Two years. What is later than that was mistyped, and nobody would be there to see its end. */
const MOST_AHEAD = 731 * 86_400_000;

/** 400 where a moment is given for the field `path` that is not in the future, or more than two years ahead. */
export function mustBeAhead({ now }: Context, path: string, moment: string | null | undefined): void {
  const ahead = moment ? Date.parse(moment) - now.getTime() : 1;
  if (ahead > 0 && ahead <= MOST_AHEAD) return;
  const message = ahead > 0 ? "must be no more than two years ahead" : "must be in the future";
  throw new Refusal(400, "invalid_input", "The request is not valid: see errors.", { errors: [{ path, message }] });
}
