import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Branding, Organisation } from "../organisation/organisation.ts";
import type { Block, Letter } from "./letter.ts";

type Sender = Branding & Pick<Organisation, "contact_email">;

/** Where people can ask, if the organization says so. */
const questions = ({ contact_email }: Sender) => (contact_email ? `Questions? Write to ${contact_email}.` : "");

/** The HTML and text of a mail, in the organization's colors. */
export function render({ blocks, subject }: Letter, organisation: Sender): { html: string; text: string } {
  return {
    html: asHtml(subject, blocks, organisation).toString(),
    text: `${blocks.map(asText).join("\n\n")}\n\n-- \n${[organisation.name, questions(organisation)].filter(Boolean).join("\n")}\n`,
  };
}

function asText(block: Block): string {
  if (typeof block === "string") return block;
  switch (block.kind) {
    case "quote":
      return block.text.replaceAll(/^/gm, "> ");
    case "button":
      return `${block.label}:\n${block.url}`;
    case "facts":
      return block.rows.map(([label, value]) => `${label}: ${value}`).join("\n");
  }
}

/** The longest amount that a table must show on one line. */
const LONGEST_AMOUNT = "CHF 999,999.99".length;

/** Lines break between words. A word longer than any amount may not fit on a phone, so it may be broken too. */
const wrapping = (text: string) =>
  text.split(" ").some(({ length }) => length > LONGEST_AMOUNT)
    ? "overflow-wrap:anywhere;word-break:break-word"
    : "overflow-wrap:normal;word-break:normal";

function blockAsHtml(block: Block, { primary_colour, accent_colour }: Branding) {
  if (typeof block === "string") return html`<p style="margin:0 0 16px">${block}</p>`;
  switch (block.kind) {
    case "quote":
      return html`<p style="margin:0 0 16px;padding:8px 16px;border-left:4px solid ${accent_colour};white-space:pre-line">${block.text}</p>`;
    case "button":
      return html`<p style="margin:24px 0"><a href="${block.url}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:${primary_colour};color:#ffffff;font-weight:600;text-decoration:none">${block.label}</a></p>
        <p style="margin:0 0 16px;font-size:13px;color:#6b6272">If the button does not work, open this address:<br /><a href="${block.url}" style="color:${primary_colour};word-break:break-all">${block.url}</a></p>`;
    case "facts":
      return html`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;border-collapse:collapse">
        ${block.rows.map(
          ([label, value]) =>
            html`<tr><td style="padding:4px 24px 4px 0;vertical-align:top;${wrapping(label)};color:#6b6272">${label}</td><td style="padding:4px 0;vertical-align:top;${wrapping(value)};font-weight:600">${value}</td></tr>`,
        )}
      </table>`;
  }
}

// Mail clients support little more than tables and inline styles.
function asHtml(
  subject: string,
  blocks: Block[],
  organisation: Sender,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  // The header has dark ground, unless there is a logo for light ground alone.
  const logo_url = organisation.logo_dark_url ?? organisation.logo_url;
  const ground = organisation.logo_url && !organisation.logo_dark_url ? "#ffffff" : organisation.primary_colour;
  const logo = logo_url
    ? html`<img src="${logo_url}" alt="${organisation.name}" height="40" style="display:block;border:0" />`
    : html`${organisation.name}`;
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light" />
    <title>${subject}</title>
  </head>
  <body style="margin:0;padding:0;background:#f6f3f8">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f3f8">
      <tr><td align="center" style="padding:24px 12px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:8px;overflow:hidden;font:16px/1.6 Helvetica,Arial,sans-serif;color:#2b2430;overflow-wrap:anywhere;word-break:break-word">
          <tr><td style="padding:20px 32px;background:${ground};border-bottom:4px solid ${organisation.accent_colour};color:#ffffff;font-size:20px;font-weight:700;letter-spacing:1px">${logo}</td></tr>
          <tr><td style="padding:32px 32px 16px">${blocks.map((block) => blockAsHtml(block, organisation))}</td></tr>
          <tr><td style="padding:0 32px 24px;font-size:13px;color:#6b6272">${organisation.name}${organisation.contact_email && html`<br />${questions(organisation)}`}</td></tr>
        </table>
      </td></tr>
    </table>
  </body>
</html>`;
}
