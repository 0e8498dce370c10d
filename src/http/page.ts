import { html } from "hono/html";
import * as z from "zod";
import { BRANDING } from "../settings/branding.ts";
import { Branding } from "../settings/schemas.ts";

/** What a page tells a person; JSON for everything that is no browser. */
export const Notice = z
  .object({ title: z.string(), message: z.string(), organisation: Branding })
  .meta({ id: "Notice" });
export type Notice = z.infer<typeof Notice>;

/** The page of an answer that could not be given, in the colours that need no database. */
export const errorPage = (message: string) => page({ title: "That did not work", message, organisation: BRANDING });

/** A small page for a person: a heading and a sentence. */
export function page({ title, message, organisation: branding }: Notice) {
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
      h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; }
      p { margin: 0; }
    </style>
  </head>
  <body>
    <main>
      <p class="name">${branding.name}</p>
      <h1>${title}</h1>
      <p>${message}</p>
    </main>
  </body>
</html>`;
}
