import { sign } from "../../src/access/signatures.ts";
import { anyEmail, type Person, person } from "./people.ts";
import { insert, settings } from "./platform.ts";

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

/** An open invitation, with the token of its link. */
export async function invited(columns: Record<string, unknown> = {}) {
  const invitation = await insert<{ id: string; email: string }>("user_invitations", {
    email: anyEmail("invited"),
    expires_at: inDays(14),
    ...columns,
  });
  const token = await insert<{ id: string }>("account_tokens", {
    invitation_id: invitation.id,
    purpose: "accept_invitation",
    expires_at: inDays(14),
  });
  return { ...invitation, token_id: token.id, token: await sign(settings, "accept_invitation", token.id) };
}

/** What an invited person sends. */
export const acceptance = (token: string, more: Record<string, unknown> = {}) => ({
  token,
  first_name: "Alex",
  last_name: "Invited",
  password: "a long enough passphrase",
  ...more,
});

/** An applicant who wrote down who knows them. */
export const referred = (columns: Record<string, unknown> = {}) =>
  person("pending_validation", { referred_by: "Robin", ...columns });

/** A member who was asked about an applicant, with the token of the mailed link. */
export async function asked(
  applicant?: Person,
  member?: Person,
): Promise<{ id: string; applicant: Person; member: Person; token: string; token_id: string }> {
  const about = applicant ?? (await referred());
  const who = member ?? (await person());
  const vouching = await insert<{ id: string }>("vouchings", { applicant_id: about.id, member_id: who.id });
  const token = await insert<{ id: string }>("account_tokens", {
    user_id: who.id,
    vouching_id: vouching.id,
    purpose: "vouch",
    expires_at: inDays(30),
  });
  return {
    id: vouching.id,
    applicant: about,
    member: who,
    token_id: token.id,
    token: await sign(settings, "vouch", token.id),
  };
}
