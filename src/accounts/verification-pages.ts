import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { linkForm, type Notice, page } from "../http/page.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { LINK_EXPIRED, LINK_NOT_VALID, readLink } from "./account-token.ts";
import type { Link, Verification } from "./schemas.ts";
import { type Standing, selectStanding } from "./verification.ts";

const VERIFY = "/api/auth/verify-email";
const NOT_ME = "/api/auth/verify-email/not-me";

type Words = Pick<Notice, "title" | "message">;

/** What a confirmed address means for whoever followed the link. */
export function inWordsOf({ by_this_one, password_needed, link_open, decided }: Standing): Words {
  const title = "Your address is confirmed";
  if (password_needed && link_open)
    return {
      title,
      message:
        "It was used to apply more than once, and we cannot tell which password is yours. So none of them works: please choose a new one. You can do that now, or later with the link that we are emailing you. Then please check your profile: somebody else may have filled it in.",
    };
  if (password_needed)
    return {
      title,
      message: "Your account has no password yet. To choose one, please ask for a link where you sign in.",
    };
  if (!by_this_one && link_open)
    return {
      title,
      message:
        "You already have an account, from another application with this address. Please sign in to it. In case you do not know its password, we are emailing you a link to choose a new one.",
    };
  if (decided) return { title, message: "Thank you! There is nothing else you need to do." };
  return {
    title,
    message:
      "Thank you! Our volunteers will now look at your application, and we will email you as soon as they have decided. There is nothing else you need to do.",
  };
}

/** The page that a verification link opens. Only its buttons change anything. 400 if the link does not work. */
export async function askToVerify(ctx: Context, { token }: Link): Promise<HtmlEscapedString> {
  const token_id = await readLink(ctx.settings, "verify_email", token);
  const { standing, organisation } = await ctx.transact((t) => ({
    standing: t.one(selectStanding(token_id), new Refusal(...LINK_NOT_VALID)),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  const { link_open, verified, by_this_one, password_needed, in_doubt } = standing;
  if (!link_open && !by_this_one) throw new Refusal(...LINK_EXPIRED);
  if (verified && link_open && password_needed)
    return page(
      {
        title: "Choose a password",
        message: "Your address is confirmed, but your account has no password yet.",
        organisation,
      },
      ctx.settings,
      linkForm(VERIFY, token, "Continue"),
    );
  if (verified && link_open && !by_this_one)
    return page(
      {
        title: "Your address is confirmed",
        message:
          "You already have an account, from another application with this address. Please sign in to it. If you do not know its password, we can send you a link to choose a new one.",
        organisation,
      },
      ctx.settings,
      linkForm(VERIFY, token, "Send me the link"),
    );
  if (verified) return page({ ...inWordsOf(standing), organisation }, ctx.settings);
  return page(
    {
      title: "Please confirm your email address",
      message: in_doubt
        ? `This address was used to apply to ${organisation.name} more than once, and we cannot tell which password is yours. If you applied, please confirm that the address is yours. You will then choose a new password, and no other will work.`
        : `Someone applied to ${organisation.name} with this address and chose a password. Please confirm the address only if that was you: whoever knows the password can then sign in.`,
      organisation,
    },
    ctx.settings,
    html`${linkForm(VERIFY, token, "Confirm my address")}
      ${linkForm(NOT_ME, token, "This was not me", { quiet: true })}`,
  );
}

/** The page after an address was confirmed. If the account has no password, it leads to the page that asks for one. */
export const verifiedPage = ({ reset_token, ...notice }: Verification, settings: Settings) =>
  page(
    notice,
    settings,
    reset_token === null
      ? ""
      : linkForm("/api/auth/reset-password", reset_token, "Choose a password", { method: "get" }),
  );
