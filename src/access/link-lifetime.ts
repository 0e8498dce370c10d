import type { LinkPurpose } from "./signatures.ts";

/** For how many hours the link in a mail works. */
export const LINK_LIFETIME: Record<LinkPurpose, number> = {
  verify_email: 7 * 24,
  reset_password: 1,
  change_email: 24,
  accept_invitation: 14 * 24,
  vouch: 30 * 24,
  activate: 14 * 24,
};

/** The same in words: "7 days", "1 hour", "24 hours". */
export function linkLifetimeInWords(purpose: LinkPurpose): string {
  const hours = LINK_LIFETIME[purpose];
  if (hours === 1) return "1 hour";
  return hours > 24 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
}
