import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../local/settings.ts";
import { readSettings } from "../src/env.ts";
import { composeMail } from "../src/mail/compose.ts";
import type { Template } from "../src/mail/letter.ts";
import { render } from "../src/mail/render.ts";
import { TEMPLATES } from "../src/mail/templates.ts";
import type { MailSender } from "../src/organisation/organisation.ts";
import { DEFAULT_BRANDING } from "../src/tables/organisation.ts";

/**
 * `npm run mails`: writes one page with every mail, by day and by night, as wide as a small phone and as a desk. It needs
 * neither a database nor a browser.
 */
const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [320, 600];

/** Nothing here is used but the addresses of links and the currency. */
const settings = readSettings({
  ENVIRONMENT: "development",
  API_URL: "https://api.example.org",
  FRONTEND_URL: "https://members.example.org",
  DATABASE_URL: "postgresql://nobody:none@localhost/none",
  JWT_SECRET: "x".repeat(64),
  SECOND_FACTOR_KEY: "x".repeat(64),
  STRIPE_SECRET_KEY: "none",
  STRIPE_WEBHOOK_SECRET: "none",
  MAIL_API_KEY: "none",
  MAIL_FROM_EMAIL: "hello@example.org",
});

const organisation: MailSender = {
  ...DEFAULT_BRANDING,
  logo_url: null,
  logo_dark_url: null,
  membership_email: null,
  events_email: null,
  newsletter_email: null,
  time_zone: "America/New_York",
  postal_address: "1 Example Street\nNew York, NY 10001",
  contact_email: "hello@example.org",
  tax_id: "12-3456789",
  acknowledgement: "No goods or services were provided in exchange for this gift.",
  discreet_mails: true,
  sensitive_words: [],
};

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The mail as a browser shows it by day or by night, whatever the browser itself prefers. */
const inScheme = (html: string, scheme: (typeof SCHEMES)[number]) =>
  html.replaceAll("@media (prefers-color-scheme: dark)", scheme === "dark" ? "@media all" : "@media not all");

function section(key: string, template: Template): string {
  const letter = composeMail(template, template.sample, { settings, organisation, token: "sample" });
  const { html, text } = render(letter, organisation);
  const frames = SCHEMES.flatMap((scheme) =>
    WIDTHS.map(
      (width) =>
        `<figure><figcaption>${scheme}, ${width} px</figcaption><iframe title="${key}, ${scheme}, ${width} px" width="${width}" height="620" srcdoc="${escaped(inScheme(html, scheme))}"></iframe></figure>`,
    ),
  );
  return `<section id="${key}"><h2>${key}</h2><p><b>${escaped(letter.subject)}</b> · ${escaped(letter.preheader)}</p>
    <div class="frames">${frames.join("")}<figure><figcaption>text</figcaption><pre>${escaped(text)}</pre></figure></div></section>`;
}

const sections = Object.entries<Template>(TEMPLATES).sort(([a], [b]) => (a < b ? -1 : 1));
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><title>Every email</title>
<style>body { font: 1rem/1.5 sans-serif; margin: 1rem; } .frames { display: flex; gap: 1rem; overflow-x: auto; } figure { margin: 0; } iframe { border: 1px solid #888; } pre { width: 30rem; white-space: pre-wrap; } nav a { margin-right: 1rem; }</style></head>
<body><h1>Every email (${sections.length})</h1><nav>${sections.map(([key]) => `<a href="#${key}">${key}</a>`).join(" ")}</nav>
${sections.map(([key, template]) => section(key, template)).join("\n")}</body></html>`;

const path = join(ROOT, "dist/mails.html");
await mkdir(join(ROOT, "dist"), { recursive: true });
await writeFile(path, page);
console.log(`${sections.length} emails: ${path}`);
