import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import * as z from "zod";
import type { Settings } from "../env.ts";
import { asVariables, lookOf } from "../organisation/look.ts";
import { Branding } from "../organisation/organisation.ts";
import type { Refusal } from "./errors.ts";
import { PAGE_LOCALE, pageWords, refusalInWords } from "./page-words.ts";

type Bases = Pick<Settings, "API_URL" | "FRONTEND_URL">;
type Html = HtmlEscapedString | Promise<HtmlEscapedString> | "" | null;

/** What a page tells a person. Clients other than browsers get it as JSON. */
export const Notice = z
  .object({ title: z.string(), message: z.string(), organisation: Branding })
  .meta({ id: "Notice" });
export type Notice = z.infer<typeof Notice>;

/** The page for a refusal. `again` is the address of the form that led here, if it may be tried again. */
export const errorPage = (
  { code, message, errors }: Pick<Refusal, "code" | "message" | "errors">,
  bases: Bases,
  organisation: Branding,
  again: string | null = null,
) =>
  page(
    {
      title: pageWords()("error"),
      message: errors ? tryAgain(errors) : (refusalInWords(code) ?? message),
      organisation,
    },
    bases,
    again && html`<p class="onward"><a href="${again}">${pageWords()("back")}</a></p>`,
  );

function tryAgain(errors: NonNullable<Refusal["errors"]>): string {
  const say = pageWords();
  const problems = errors.map(({ path, message }) =>
    say("invalid_field", { field: path.replace(/_id$/, "").replaceAll("_", " "), problem: message }),
  );
  return say("try_again", { problems: problems.join(" ") });
}

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

/** Where people go on from a page: to the frontend or, without one, to the public events. */
const onward = ({ FRONTEND_URL, API_URL }: Bases, name: string) =>
  FRONTEND_URL
    ? html`<a href="${FRONTEND_URL}">${pageWords(name)("go_to")}</a>`
    : html`<a href="${API_URL}/api/calendar.ics">${pageWords()("add_events")}</a>`;

/** The organization's initial on its color. */
function favicon(branding: Branding): string {
  const { name, primary_colour } = branding;
  const initial = [...name.trim()][0] ?? "";
  const { ink } = lookOf(branding).light;
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="${primary_colour}"/><text x="16" y="23" font-family="sans-serif" font-size="20" font-weight="700" text-anchor="middle" fill="${ink}">${initial.replaceAll(/[&<>]/g, "")}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawn)}`;
}

/** A small page that looks like our mails: a heading, a few sentences and, if given, forms. */
export function page({ title, message, organisation: branding }: Notice, bases: Bases, form: Html = "") {
  const { light, dark } = lookOf(branding);
  return html`<!doctype html>
<html lang="${PAGE_LOCALE}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · ${branding.name}</title>
    <link rel="icon" href="${favicon(branding)}" />
    <style>
      :root { color-scheme: light dark; ${raw(asVariables(light))} }
      @media (prefers-color-scheme: dark) { :root { ${raw(asVariables(dark))} } .logo { background: #fff; padding: .5rem; border-radius: .4rem; } }
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--text); font: 1rem/1.6 Helvetica, Arial, sans-serif; overflow-wrap: anywhere; }
      main { box-sizing: border-box; width: min(35rem, 100% - 1.5rem); margin: 1.5rem 0; background: var(--card); border-radius: .5rem; overflow: hidden; }
      main::before { content: ""; display: block; height: 6px; background: ${branding.primary_colour}; border-bottom: 2px solid var(--accent); }
      .inside { padding: 1.5rem clamp(1.25rem, 6vw, 2rem); }
      .name { margin: 0 0 1.5rem; font-size: 1.25rem; font-weight: 700; letter-spacing: .5px; color: var(--heading); }
      .name img { display: block; max-width: 100%; }
      h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; }
      p { margin: 0; }
      .message { white-space: pre-line; }
      article > * { margin: 1rem 0 0; }
      article blockquote { padding-left: 1rem; border-left: 4px solid var(--accent); }
      article pre { white-space: pre-wrap; }
      form { display: grid; gap: .5rem; margin-top: 1.5rem; }
      form + form { margin-top: .5rem; }
      form.person { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
      fieldset { display: grid; gap: .5rem; margin: 0; padding: 0; border: 0; min-width: 0; }
      legend { margin-bottom: .5rem; padding: 0; font-weight: 600; }
      .choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; align-items: center; padding: .75rem .8rem; border: 1px solid var(--line); border-radius: .375rem; cursor: pointer; }
      fieldset + label { margin-top: .75rem; }
      .choice small { grid-column: 2; color: var(--muted); font-size: .9rem; white-space: pre-line; }
      .choice input { width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--heading); }
      input, button { font: inherit; padding: .75rem .8rem; border-radius: .375rem; border: 1px solid var(--line); background: var(--card); color: inherit; min-width: 0; }
      button { justify-self: start; margin-top: .5rem; padding: .75rem 1.5rem; border-color: var(--button); background: var(--button); color: var(--ink); font-weight: 600; cursor: pointer; }
      button.quiet { border-color: var(--line); background: none; color: inherit; }
      figure { margin: 1.5rem 0; text-align: center; }
      figure svg { display: block; width: min(16rem, 100%); margin: 0 auto 1rem; background: #fff; }
      figcaption { font: 700 2rem/1.2 monospace; letter-spacing: .1em; }
      :focus-visible { outline: 3px solid var(--heading); outline-offset: 2px; }
      .onward { margin-top: 1.5rem; color: var(--muted); font-size: .9rem; }
      a { color: var(--heading); }
    </style>
  </head>
  <body>
    <main>
      <div class="inside">
        <p class="name">${logoOf(branding)}</p>
        <h1>${title}</h1>
        <p class="message">${message}</p>
        ${form}
        <p class="onward">${onward(bases, branding.name)}</p>
      </div>
    </main>
  </body>
</html>`;
}

/** The logo, or the name without one. By night the one for dark ground or, without that, on white. */
const logoOf = ({ name, logo_url, logo_dark_url }: Branding) =>
  logo_url
    ? html`<picture>${logo_dark_url && html`<source media="(prefers-color-scheme: dark)" srcset="${logo_dark_url}" />`}<img class="${logo_dark_url ? "" : "logo"}" src="${logo_url}" alt="${name}" height="40" /></picture>`
    : name;
