import type { Context } from "../../http/context.ts";
import { invalid } from "../../http/errors.ts";

/** Two years. A later date is probably a typo. */
const MOST_AHEAD = 731 * 86_400_000;

/** 400 for the field `path` if it has a moment that is in the past or more than two years ahead. */
export function requireAhead({ now }: Context, path: string, moment: string | null | undefined): void {
  if (!moment) return;
  const ahead = Date.parse(moment) - now.getTime();
  if (ahead <= 0) throw invalid(path, "must be in the future");
  if (ahead > MOST_AHEAD) throw invalid(path, "must be no more than two years ahead");
}
