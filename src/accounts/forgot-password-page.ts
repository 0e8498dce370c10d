import { html } from "hono/html";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { type Notice, page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { selectBranding } from "../organisation/organisation.ts";
import type { LinkSent } from "./schemas.ts";

/** What the page for those who forgot their password says. */
export const askWhoForgot = async (ctx: Context): Promise<Notice> => ({
  title: pageWords()("new_password"),
  message: pageWords()("who_forgot"),
  organisation: await ctx.transact((t) => t.one(selectBranding(ctx.settings))),
});

/** A page that asks for the address, for installations without a frontend. */
export const forgotPage = (notice: Notice, settings: Settings) =>
  page(
    notice,
    settings,
    html`<form method="post" action="/api/auth/forgot-password">
        <label for="email">${pageWords()("email_address")}</label>
        <input id="email" name="email" type="email" autocomplete="email" required />
        <button>${pageWords()("send_link")}</button>
      </form>`,
  );

/** The same page for whoever asked, known or not. */
export const linkSentPage = ({ message, organisation }: LinkSent, settings: Settings) =>
  page({ title: pageWords()("check_email"), message, organisation }, settings);
