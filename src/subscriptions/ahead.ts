import type { Context } from "../http/context.ts";
import { invalid } from "../http/errors.ts";

/** Two years. What is later than that was mistyped, and nobody would be there to see its end. */
const MOST_AHEAD = 731 * 86_400_000;

/** 400 where a moment is given for the field `path` that is not in the future, or more than two years ahead. */
export function mustBeAhead({ now }: Context, path: string, moment: string | null | undefined): void {
  if (!moment) return;
  const ahead = Date.parse(moment) - now.getTime();
  if (ahead <= 0) throw invalid(path, "must be in the future");
  if (ahead > MOST_AHEAD) throw invalid(path, "must be no more than two years ahead");
}
