import type { RunningDues } from "./running.ts";

/**
 * What somebody can do about their dues.
 *
 * @param is_processing whether a bank is processing dues that they paid in a checkout
 */
export function situationOf(running: RunningDues | null, is_processing = false) {
  const situation = situationOfRunning(running);
  return situation === "choose" && is_processing ? "processing" : situation;
}

function situationOfRunning(running: RunningDues | null) {
  if (!running || running.has_lapsed) return running?.is_in_portal ? "overdue" : "choose";
  const { status, stripe_subscription_id } = running;
  if (status === "paused") return "paused";
  if (stripe_subscription_id) {
    if (status === "active") return "renews";
    return running.is_in_portal ? "overdue" : "bank_took_back";
  }
  if (status === "past_due") return "choose";
  return running.is_paid_ahead ? "settled" : "choose";
}
