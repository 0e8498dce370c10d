import { html } from "hono/html";

type Html = ReturnType<typeof html>;

const CSS = `
:root { color-scheme: light dark; --line: #c6c8d0; --soft: #5a5f70; --accent: #4338ca; --page: #f6f6f9; --card: #fff; --ink: #1b1d26; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --line: #444859; --soft: #b3b7c6; --accent: #a5b4fc; --page: #14151b; --card: #1e2029; --ink: #f1f2f6; --bad: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
main.wide { max-width: 68rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
.soft { color: var(--soft); }
.alert { border: 2px solid var(--bad); color: var(--bad); border-radius: .5rem; padding: .6rem .8rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-top: 1px solid var(--line); }
.scroll th:last-child, .scroll td:last-child { white-space: nowrap; }
.amount { text-align: right; white-space: nowrap; padding-right: 0; }
label { display: block; font-weight: 600; margin-top: .9rem; }
input { width: 100%; font: inherit; padding: .55rem .65rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--page); color: var(--ink); }
button, .button { display: block; width: 100%; font: inherit; text-align: center; text-decoration: none; cursor: pointer; margin-top: .75rem; padding: .7rem 1rem; border-radius: .5rem; border: 1px solid var(--accent); background: transparent; color: var(--accent); }
button.main { background: var(--accent); color: var(--card); font-weight: 600; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** A complete page without scripts or outside resources. `html` escapes the values in it. */
export function layout(title: string, content: Html, width: "narrow" | "wide" = "narrow"): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>${CSS}</style>
  </head>
  <body>
    <main class="${width}">
      <p class="soft">Stripe stand-in for development. No real money is involved.</p>
      ${content}
    </main>
  </body>
</html>`;
}

export function alert(message: string | undefined): Html | "" {
  return message === undefined ? "" : html`<p class="alert" role="alert">${message}</p>`;
}

/** A table with a heading. On a narrow screen it scrolls sideways. */
export function table(caption: string, head: string[], rows: (string | Html)[][]): Html {
  if (rows.length === 0) return html`<h2>${caption}</h2><p class="soft">None yet.</p>`;
  return html`<h2>${caption}</h2>
  <div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
    <thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** Formats Unix seconds as "2026-03-31". */
export function formatDate(seconds: number): string {
  return formatTime(seconds).slice(0, 10);
}

/** Formats Unix seconds as "2026-03-31 14:05 UTC". */
export function formatTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
