import { type LinkPurpose, sign } from "../../src/access/signatures.ts";
import { hashPassword } from "../../src/accounts/passwords.ts";
import type { UserStatus } from "../../src/people/schemas.ts";
import { type Answer, type Call, post } from "./client.ts";
import { tokenIn, untilMails } from "./mailbox.ts";
import { anyEmail, person } from "./people.ts";
import { settings, sql } from "./platform.ts";

export const PASSWORD = "a long enough passphrase";
const password_hash = hashPassword(PASSWORD);

export const registration = (more: Record<string, unknown> = {}) => ({
  first_name: "Robin",
  last_name: "Example",
  email: anyEmail("applicant"),
  password: PASSWORD,
  ...more,
});

export interface SignInBody {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
  user: { id: string; email: string; status: string; roles: string[]; permissions: string[] };
}

/** Someone who can sign in with {@link PASSWORD}. */
export const personWithPassword = (status: UserStatus = "active") => person(status, { password_hash });

export const login = (email: string, password = PASSWORD, options: Call = {}): Promise<Answer<SignInBody>> =>
  post<SignInBody>("/api/auth/login", { email, password }, options);

/** The token of a new link for a person, as their mail would contain it. */
export async function linkFor(user_id: string, purpose: LinkPurpose, new_email?: string): Promise<string> {
  const [row] = await sql<{ id: string }>(
    `insert into account_tokens (user_id, purpose, new_email, expires_at)
     select id, $2, coalesce($3, case when $2 = 'activate' then email end), now() + interval '1 hour' from users where id = $1
     returning id`,
    [user_id, purpose, new_email ?? null],
  );
  return sign(settings, purpose, row?.id ?? "");
}

export const refresh = (refresh_token: string) => post<SignInBody>("/api/auth/refresh", { refresh_token });

/** The current refresh token of a person's session. */
export async function refreshTokenOf({ session_id }: { session_id: string }): Promise<string> {
  const [session] = await sql<{ generation: number }>("select generation from sessions where id = $1", [session_id]);
  return sign(settings, "refresh", `${session_id}.${session?.generation}`);
}

/** Registers someone. Returns their address and the token from the mailed link. */
export async function register(more: Record<string, unknown> = {}): Promise<{ email: string; token: string }> {
  const body = registration(more);
  await post("/api/auth/register", body);
  const mails = await untilMails(body.email);
  const newest = mails.at(-1);
  if (!newest) throw new Error("No mail arrived");
  return { email: body.email, token: tokenIn(newest) };
}
