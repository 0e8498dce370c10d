import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { linkForm, type Notice, page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { LINK_EXPIRED, LINK_NOT_VALID, readLink } from "./account-token.ts";
import type { Link, Verification } from "./schemas.ts";
import { type Standing, selectStanding } from "./verification.ts";

const VERIFY = "/api/auth/verify-email";
const NOT_ME = "/api/auth/verify-email/not-me";

type Words = Pick<Notice, "title" | "message">;

/** What a confirmed address means for whoever followed the link. */
export function inWordsOf({ by_this_one, password_needed, link_open, decided }: Standing): Words {
  const say = pageWords();
  const title = say("address_confirmed");
  if (password_needed && link_open) return { title, message: say("password_in_doubt") };
  if (password_needed) return { title, message: say("no_password_yet") };
  if (!by_this_one && link_open) return { title, message: say("other_account") };
  return { title, message: say(decided ? "decided" : "volunteers_decide") };
}

/** The page that a verification link opens. Only its buttons change anything. 400 if the link does not work. */
export async function askToVerify(ctx: Context, { token }: Link): Promise<HtmlEscapedString> {
  const token_id = await readLink(ctx.settings, "verify_email", token);
  const { standing, organisation } = await ctx.transact((t) => ({
    standing: t.one(selectStanding(token_id), new Refusal(...LINK_NOT_VALID)),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  const say = pageWords(organisation.name);
  const { link_open, verified, by_this_one, password_needed, in_doubt } = standing;
  if (!link_open && !by_this_one) throw new Refusal(...LINK_EXPIRED);
  if (verified && link_open && password_needed)
    return page(
      { title: say("choose_password"), message: say("confirmed_without_password"), organisation },
      ctx.settings,
      linkForm(VERIFY, token, say("continue")),
    );
  if (verified && link_open && !by_this_one)
    return page(
      { title: say("address_confirmed"), message: say("offer_link"), organisation },
      ctx.settings,
      linkForm(VERIFY, token, say("send_link")),
    );
  if (verified) return page({ ...inWordsOf(standing), organisation }, ctx.settings);
  return page(
    { title: say("please_confirm"), message: say(in_doubt ? "several_applied" : "someone_applied"), organisation },
    ctx.settings,
    html`${linkForm(VERIFY, token, say("confirm"))}
      ${linkForm(NOT_ME, token, say("not_me"), { quiet: true })}`,
  );
}

/** The page after an address was confirmed. If the account has no password, it leads to the page that asks for one. */
export const verifiedPage = ({ reset_token, ...notice }: Verification, settings: Settings) =>
  page(
    notice,
    settings,
    reset_token === null
      ? ""
      : linkForm("/api/auth/reset-password", reset_token, pageWords()("choose_password"), { method: "get" }),
  );
