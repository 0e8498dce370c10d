import { issueAccessToken } from "../access/access-token.ts";
import { sign, unsign } from "../access/signatures.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import type { Me, SignIn } from "./schemas.ts";

/** The tokens of a session as it now stands. Its refresh token is derived: the same generation gives the same token. */
export async function tokensOf(
  { settings, now }: Pick<Context, "settings" | "now">,
  session: { id: string; generation: number },
  user: Me,
): Promise<SignIn> {
  return {
    access_token: await issueAccessToken(settings, now, {
      user_id: user.id,
      session_id: session.id,
      email: user.email,
      role: user.role,
    }),
    refresh_token: await sign(settings, "refresh", `${session.id}.${session.generation}`),
    token_type: "bearer",
    expires_in: settings.ACCESS_TOKEN_EXPIRE_MINUTES * 60,
    user,
  };
}

/** The session and generation that a refresh token names, or null when we did not make it. */
export async function readRefreshToken(settings: Settings, token: string) {
  const [id, generation] = (await unsign(settings, "refresh", token))?.split(".") ?? [];
  return id && generation ? { id, generation: Number(generation) } : null;
}
