import { html, raw } from "hono/html";
import { type Colors, lookOf } from "../organisation/look.ts";
import type { Branding, Organisation } from "../organisation/organisation.ts";
import { COMMON_WORDS } from "./common-words.ts";
import type { Block, Letter } from "./letter.ts";
import { markdownAsHtml } from "./markdown.ts";
import { speaker } from "./words.ts";

type Sender = Branding & Pick<Organisation, "contact_email" | "postal_address">;
type Readable = Pick<Letter, "subject" | "preheader" | "blocks" | "locale">;

/** The HTML and text of a mail, in the organization's colors. */
export function render(
  letter: Readable,
  organisation: Sender,
  /** The link that stops mails of this kind, where people may. */
  unsubscribe: string | null = null,
): { html: string; text: string } {
  const footer = [
    ...closing(letter, organisation),
    ...(unsubscribe ? [`${wordsFor(letter)("unsubscribe")}:\n${unsubscribe}`] : []),
  ];
  return {
    html: asHtml(letter, organisation, unsubscribe).toString(),
    text: `${letter.blocks.map(asText).join("\n\n")}\n\n-- \n${footer.join("\n")}\n`,
  };
}

const wordsFor = ({ locale }: Readable) => speaker(COMMON_WORDS[locale], {});

/** Who wrote, from where, and whom to ask: as far as the settings say. */
function closing(letter: Readable, { name, postal_address, contact_email }: Sender): string[] {
  const address = postal_address?.split(/\s*\n\s*/) ?? [];
  return [name, ...address, ...(contact_email ? [wordsFor(letter)("questions", { contact_email })] : [])];
}

function asText(block: Block): string {
  if (typeof block === "string") return block;
  switch (block.kind) {
    case "quote":
      return block.text.replaceAll(/^/gm, "> ");
    case "button":
    case "link":
      return `${block.label}:\n${block.url}`;
    case "facts":
      return block.rows.map(([label, value]) => `${label}: ${value}`).join("\n");
    case "written":
      return block.markdown;
  }
}

/** How the parts of a Markdown text look: mail clients know no style sheets. */
const STYLES = ({ heading, accent }: Colors): Record<string, string> => ({
  p: "margin:0 0 16px",
  h1: "margin:24px 0 12px;font-size:24px;line-height:1.25",
  h2: "margin:24px 0 12px;font-size:20px;line-height:1.25",
  h3: "margin:24px 0 12px;font-size:17px;line-height:1.25",
  ul: "margin:0 0 16px;padding-left:24px",
  ol: "margin:0 0 16px;padding-left:24px",
  a: `color:${heading}`,
  blockquote: `margin:0 0 16px;padding:8px 16px 0;border-left:4px solid ${accent}`,
  pre: "margin:0 0 16px;white-space:pre-wrap",
  hr: `margin:24px 0;border:0;border-top:1px solid ${accent}`,
});

/** The longest amount that a table must show on one line. */
const LONGEST_AMOUNT = "CHF 999,999.99".length;

/** Lines break between words. A word longer than any amount may not fit on a phone, so it may be broken too. */
const wrapping = (text: string) =>
  text.split(" ").some(({ length }) => length > LONGEST_AMOUNT)
    ? "overflow-wrap:anywhere;word-break:break-word"
    : "overflow-wrap:normal;word-break:normal";

/** A volunteer's own words may have several paragraphs, and several lines. */
const paragraphs = (text: string) =>
  text
    .split(/\s*\n\s*\n\s*/)
    .map(
      (paragraph) =>
        html`<p style="margin:0 0 16px">${paragraph.split(/\s*\n/).map((line, index) => html`${index > 0 ? html`<br />` : ""}${line}`)}</p>`,
    );

function blockAsHtml(block: Block, letter: Readable, look: Colors) {
  if (typeof block === "string") return paragraphs(block);
  switch (block.kind) {
    case "quote":
      return html`<p class="accent" style="margin:0 0 16px;padding:8px 16px;border-left:4px solid ${look.accent};white-space:pre-line">${block.text}</p>`;
    case "button":
      return html`<p style="margin:24px 0"><a class="button" href="${block.url}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:${look.button};color:${look.ink};font-weight:600;text-decoration:none">${block.label}</a></p>
        <p class="muted" style="margin:0 0 16px;font-size:13px;color:${look.muted}">${wordsFor(letter)("if_the_button_fails")}<br /><a class="link" href="${block.url}" style="color:${look.heading};word-break:break-all">${block.url}</a></p>`;
    case "link":
      return html`<p style="margin:0 0 16px"><a class="link" href="${block.url}" style="color:${look.heading};font-weight:600">${block.label}</a></p>`;
    case "facts":
      return html`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;border-collapse:collapse">
        ${block.rows.map(
          ([label, value]) =>
            html`<tr><td class="muted" style="padding:4px 24px 4px 0;vertical-align:top;${wrapping(label)};color:${look.muted}">${label}</td><td style="padding:4px 0;vertical-align:top;${wrapping(value)};font-weight:600">${value}</td></tr>`,
        )}
      </table>`;
    case "written":
      return html`<div class="written">${raw(markdownAsHtml(block.markdown, STYLES(look)))}</div>`;
  }
}

/** By night, for the mail apps that know it. Others show the mail by day: inline styles are for all. */
const darkStyles = ({ ground, card, text, muted, heading, button, ink, accent }: Colors) =>
  raw(`
      :root { color-scheme: light dark; supported-color-schemes: light dark; }
      @media (prefers-color-scheme: dark) {
        .ground { background: ${ground} !important; }
        .card { background: ${card} !important; color: ${text} !important; }
        .muted { color: ${muted} !important; }
        .name, .link, .written a { color: ${heading} !important; }
        .accent, .written blockquote, .written hr { border-color: ${accent} !important; }
        .button { background: ${button} !important; color: ${ink} !important; }
        .logo { background: #ffffff !important; padding: 8px !important; border-radius: 6px !important; }
        .by-day { display: none !important; }
        .by-night { display: block !important; }
      }
      @media (max-width: 480px) { .inner { padding-left: 20px !important; padding-right: 20px !important; } }
    `);

/** Fills the preview, so that mailboxes do not add the first words of the mail. */
const NOTHING_MORE = raw("&#847;&zwnj;&nbsp;".repeat(100));

/** The logo, or the name without one. By night the one for dark ground or, without that, on white. */
function logoAsHtml({ name, logo_url, logo_dark_url }: Branding) {
  const image = (url: string, used: string, display: string) =>
    html`<img class="${used}" src="${url}" alt="${name}" height="40" style="display:${display};border:0;max-width:100%" />`;
  if (!logo_url) return html`${name}`;
  if (!logo_dark_url) return image(logo_url, "logo", "block");
  return html`${image(logo_url, "by-day", "block")}${image(logo_dark_url, "by-night", "none")}`;
}

// Mail clients support little more than tables and inline styles.
function asHtml(letter: Readable, organisation: Sender, unsubscribe: string | null) {
  const { light: look, dark } = lookOf(organisation);
  const { subject, preheader, blocks, locale } = letter;
  const logo = logoAsHtml(organisation);
  return html`<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <title>${subject}</title>
    <style>${darkStyles(dark)}</style>
  </head>
  <body class="ground" style="margin:0;padding:0;background:${look.ground}">
    <div style="display:none;max-height:0;overflow:hidden;opacity:0">${preheader}${NOTHING_MORE}</div>
    <table class="ground" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:${look.ground}">
      <tr><td align="center" style="padding:24px 12px">
        <table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:${look.card};border-radius:8px;overflow:hidden;font:16px/1.6 Helvetica,Arial,sans-serif;color:${look.text};overflow-wrap:anywhere;word-break:break-word">
          <tr><td class="accent" style="height:6px;background:${organisation.primary_colour};border-bottom:2px solid ${look.accent};font-size:0;line-height:0">&nbsp;</td></tr>
          <tr><td class="inner name" style="padding:24px 32px 0;color:${look.heading};font-size:20px;font-weight:700;letter-spacing:.5px">${logo}</td></tr>
          <tr><td class="inner" role="main" style="padding:24px 32px 8px">${blocks.map((block) => blockAsHtml(block, letter, look))}</td></tr>
          <tr><td class="inner muted" style="padding:0 32px 24px;font-size:13px;color:${look.muted}">${closing(letter, organisation).map((line, index) => html`${index > 0 ? html`<br />` : ""}${line}`)}${unsubscribe && html`<br /><a class="muted" href="${unsubscribe}" style="color:${look.muted}">${wordsFor(letter)("unsubscribe")}</a>`}</td></tr>
        </table>
      </td></tr>
    </table>
  </body>
</html>`;
}
