import { html, raw } from "hono/html";
import { pageWords } from "../http/page-words.ts";
import type { PrintBlock, PrintDocument } from "./print-document.ts";

/** The document as a page made for printing, on whatever paper. The reader's own fonts show every script. */
export const printablePage = ({ title, language, author, logo, colour, blocks, footer }: PrintDocument) =>
  html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title}</title>
    <style>
      body { margin: 0; background: #f6f3f8; color: #2b2430; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
      main { box-sizing: border-box; width: min(54rem, 100% - 2rem); margin: 2rem auto; padding: clamp(1.25rem, 5vw, 3rem); background: #fff; border-top: .4rem solid ${colour}; border-radius: .6rem; box-shadow: 0 .2rem 1.2rem #2b243022; }
      .logo { display: block; max-width: 14rem; max-height: 3.5rem; margin: 0 0 1rem; }
      .above { margin: 0; font-weight: 700; color: ${colour}; }
      h1 { margin: 0 0 1.25rem; padding-bottom: .6rem; border-bottom: .1rem solid ${colour}; font-size: 1.8rem; line-height: 1.25; }
      h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; color: ${colour}; break-after: avoid; }
      p { margin: 0 0 .75rem; white-space: pre-line; }
      dl { display: grid; grid-template-columns: minmax(5.5rem, 20%) 1fr; gap: .1rem 1rem; margin: 0 0 1rem; }
      dt { color: #6f6677; }
      dd { margin: 0; white-space: pre-line; }
      .wide { overflow-x: auto; margin: 0 0 .75rem; }
      table { width: 100%; border-collapse: collapse; font-size: .94em; white-space: nowrap; }
      th, td { padding: .35rem .75rem .35rem 0; border-bottom: .05rem solid #cfc8d4; text-align: left; vertical-align: top; }
      th { border-color: #6f6677; font-size: .9em; color: #6f6677; }
      tr > :last-child { padding-right: 0; }
      .numeric { text-align: right; font-variant-numeric: tabular-nums; }
      .total td { border-color: #6f6677; font-weight: 700; }
      tr { break-inside: avoid; }
      footer { margin-top: 2rem; font-size: .85em; color: #6f6677; }
      @page { margin: 1.7cm 1.8cm; @bottom-right { content: ${pageNumber()}; font: 8pt system-ui, sans-serif; color: #6f6677; } }
      @media print {
        body { background: none; font-size: 9.5pt; }
        main { width: auto; margin: 0; padding: 0; border: 0; box-shadow: none; }
        h1 { font-size: 20pt; }
        .wide { overflow: visible; }
        table { font-size: 1em; }
      }
    </style>
  </head>
  <body>
    <main>
      ${logo && html`<img class="logo" src="${logo.url}" alt="${author}" />`}
      ${blocks.map(asHtml)}
      <footer>${footer}</footer>
    </main>
  </body>
</html>`;

/** The page's number as CSS counts it. */
const pageNumber = () => raw(`"${pageWords()("page_of", { page: '" counter(page) "', pages: '" counter(pages) "' })}"`);

function asHtml(block: PrintBlock) {
  switch (block.kind) {
    case "title":
      return html`<p class="above">${block.above}</p>
      <h1>${block.text}</h1>`;
    case "heading":
      return html`<h2>${block.text}</h2>`;
    case "paragraph":
      return html`<p>${block.text}</p>`;
    case "facts":
      // Isolated, so that a name written from right to left leaves the rest of the line alone.
      return html`<dl>${block.facts.map(([label, value]) => html`<dt>${label}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>`;
    case "table":
      return tableAsHtml(block);
  }
}

function tableAsHtml({ columns, rows, total }: Extract<PrintBlock, { kind: "table" }>) {
  const style = columns.map(({ numeric }) => (numeric ? html` class="numeric"` : ""));
  const cells = (texts: string[]) => texts.map((text, index) => html`<td${style[index] ?? ""}>${text}</td>`);
  return html`<div class="wide"><table>
        <thead><tr>${columns.map(({ heading }, index) => html`<th${style[index] ?? ""}>${heading}</th>`)}</tr></thead>
        <tbody>
          ${rows.map((texts) => html`<tr>${cells(texts)}</tr>`)}
          <tr class="total">${cells(total)}</tr>
        </tbody>
      </table></div>`;
}
