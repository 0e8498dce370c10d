import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import * as z from "zod";
import { Branding, NEUTRAL_BRANDING } from "../organisation/organisation.ts";
import type { Refusal } from "./errors.ts";

type Html = HtmlEscapedString | Promise<HtmlEscapedString> | "";

/** What a page tells a person. Clients other than browsers get it as JSON. */
export const Notice = z
  .object({ title: z.string(), message: z.string(), organisation: Branding })
  .meta({ id: "Notice" });
export type Notice = z.infer<typeof Notice>;

/** The page for a refusal. It uses the default branding, which needs no database. */
export const errorPage = ({ message, errors }: Pick<Refusal, "message" | "errors">) =>
  page({
    title: "That did not work",
    message: errors
      ? `${errors.map(({ path, message }) => `The ${path.replaceAll("_", " ")} ${message}.`).join(" ")} Please go back and try again.`
      : message,
    organisation: NEUTRAL_BRANDING,
  });

/**
 * A form with one button, which sends the token of a mailed link and, where the link asks something, the answer. `quiet` is
 * for the less likely choice.
 */
export const linkForm = (
  action: string,
  token: string,
  label: string,
  { method = "post", quiet = false, answer }: { method?: "get" | "post"; quiet?: boolean; answer?: string } = {},
) => html`<form method="${method}" action="${action}">
        <input type="hidden" name="token" value="${token}" />
        ${answer && html`<input type="hidden" name="answer" value="${answer}" />`}
        <button${quiet ? html` class="quiet"` : ""}>${label}</button>
      </form>`;

/** A small page: a heading, a sentence and, if given, forms. */
export function page({ title, message, organisation: branding }: Notice, form: Html = "") {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title} · ${branding.name}</title>
    <style>
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f6f3f8; color: #2b2430; font: 1.05rem/1.6 system-ui, sans-serif; }
      main { box-sizing: border-box; width: min(34rem, 100% - 2rem); margin: 2rem 0; padding: 2.5rem 2rem; background: #fff; border-top: .4rem solid ${branding.primary_colour}; border-radius: .6rem; box-shadow: 0 .2rem 1.2rem #2b243022; }
      .name { margin: 0 0 1.5rem; font-weight: 700; letter-spacing: .04em; color: ${branding.primary_colour}; }
      .name img { display: block; max-width: 100%; max-height: 3.5rem; }
      h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; }
      p { margin: 0; }
      form { display: grid; gap: .5rem; margin-top: 1.5rem; }
      input, button { font: inherit; padding: .6rem .8rem; border-radius: .35rem; border: 1px solid #8a8090; }
      form + form { margin-top: .5rem; }
      button { justify-self: start; margin-top: .5rem; border-color: ${branding.primary_colour}; background: ${branding.primary_colour}; color: #fff; font-weight: 600; cursor: pointer; }
      button.quiet { border-color: #8a8090; background: none; color: inherit; }
    </style>
  </head>
  <body>
    <main>
      <p class="name">${branding.logo_url ? html`<img src="${branding.logo_url}" alt="${branding.name}" />` : branding.name}</p>
      <h1>${title}</h1>
      <p>${message}</p>
      ${form}
    </main>
  </body>
</html>`;
}
