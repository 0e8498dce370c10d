import { html } from "hono/html";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { type Notice, page } from "../http/page.ts";
import type { Message } from "../http/schemas.ts";
import { NEUTRAL_BRANDING, selectBranding } from "../organisation/organisation.ts";

/** What the page for those who forgot their password says. */
export const askWhoForgot = async (ctx: Context): Promise<Notice> => ({
  title: "Choose a new password",
  message: "Tell us the email address of your account. We will send you a link to choose a new password.",
  organisation: await ctx.transact((t) => t.one(selectBranding(ctx.settings))),
});

/** A page that asks for the address, for installations without a frontend. */
export const forgotPage = (notice: Notice, settings: Settings) =>
  page(
    notice,
    settings,
    html`<form method="post" action="/api/auth/forgot-password">
        <label for="email">Email address</label>
        <input id="email" name="email" type="email" autocomplete="email" required />
        <button>Send me the link</button>
      </form>`,
  );

/** The same page for whoever asked, known or not. It uses the default branding, which needs no database. */
export const linkSentPage = ({ message }: Message, settings: Settings) =>
  page({ title: "Check your email", message, organisation: NEUTRAL_BRANDING }, settings);
