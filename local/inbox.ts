import { Hono } from "hono";
import { html, raw } from "hono/html";
import * as z from "zod";
import { asVariables, lookOf } from "../src/organisation/look.ts";
import { DEFAULT_BRANDING } from "../src/tables/organisation.ts";
import type { Resend } from "./resend.ts";

/** A mail as the provider keeps it. */
const Mail = z.looseObject({
  id: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  created_at: z.string(),
});
type Mail = z.infer<typeof Mail>;

/** How many mails a page of the list shows. */
const SHOWN = 100;
const VIEWS = ["html", "text", "headers"] as const;
type View = (typeof VIEWS)[number];

/** The mailbox for people: every mail, newest first, in the product's own look. The list refreshes itself. */
export function inbox(resend: Pick<Resend, "count" | "newest" | "message">): Hono {
  const app = new Hono();
  app.get("/inbox", async (c) => {
    const page = z.coerce.number().int().min(1).catch(1).parse(c.req.query("page"));
    const mails = z.array(Mail).parse(await resend.newest(SHOWN, (page - 1) * SHOWN));
    return c.html(
      frame(
        "Mailbox",
        html`<h1>Mailbox</h1>
        <p class="muted">Everything that the platform has emailed, newest first. The list refreshes itself.</p>
        <div id="mails">${list(mails)}${pager(page, resend.count())}</div>
        <script>${raw(REFRESH)}</script>`,
      ),
    );
  });
  app.get("/inbox/:id", async (c) => {
    const mail = Mail.safeParse(await resend.message(c.req.param("id")));
    if (!mail.success) return c.html(frame("Not found", html`<h1>There is no such email</h1>`), 404);
    const view = VIEWS.find((each) => each === c.req.query("view")) ?? "html";
    return c.html(frame(mail.data.subject, detail(mail.data, view)));
  });
  return app;
}

/** Every two seconds, so that what was just caused appears while one looks. */
const REFRESH = `setInterval(async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const [shown, now] = [document, page].map((each) => each.getElementById("mails"));
  if (shown.innerHTML !== now.innerHTML) shown.replaceWith(document.adoptNode(now));
}, 2000);`;

const time = (instant: string) =>
  html`<time datetime="${instant}">${new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "medium" }).format(new Date(instant))}</time>`;

const list = (mails: Mail[]) =>
  mails.length === 0
    ? html`<p>No email yet.</p>`
    : html`<ol>${mails.map(
        ({ id, subject, to, created_at }) =>
          html`<li><a href="/inbox/${id}">${subject}</a><span class="muted">${to.join(", ")} · ${time(created_at)}</span></li>`,
      )}</ol>`;

/** Links to the newer and to the older mails. */
const pager = (page: number, count: number) =>
  html`<nav>${page > 1 ? html`<a href="/inbox?page=${page - 1}">Newer</a>` : ""}${page * SHOWN < count ? html`<a href="/inbox?page=${page + 1}">Older</a>` : ""}<span class="muted">${count} in all</span></nav>`;

/** The links to click: each stands on a line of its own in the text, below its label. */
const linksIn = ({ text }: Mail) =>
  [...(text ?? "").matchAll(/^(.+):\n(https?:\/\/\S+)$/gm)].map(([, label = "", url = ""]) => ({ label, url }));

function detail(mail: Mail, view: View) {
  const { id, subject, from, to, created_at } = mail;
  return html`<p><a href="/inbox">← Mailbox</a></p>
    <h1>${subject}</h1>
    <p class="muted">${from} → ${to.join(", ")} · ${time(created_at)}</p>
    ${linksIn(mail).map(({ label, url }) => html`<p><a class="button" href="${url}">${label}</a></p>`)}
    <nav>${VIEWS.map(
      (each) =>
        html`<a href="/inbox/${id}?view=${each}"${each === view ? raw(' aria-current="page"') : ""}>${{ html: "HTML", text: "Text", headers: "Headers" }[each]}</a>`,
    )}</nav>
    ${body(mail, view)}`;
}

function body({ html: written, text, ...headers }: Mail, view: View) {
  if (view === "text") return html`<pre>${text ?? ""}</pre>`;
  if (view === "headers") return html`<pre>${JSON.stringify(headers, null, 2)}</pre>`;
  const opensOutside = (written ?? "").replace("<head>", '<head><base target="_top" />');
  return html`<iframe title="The email" sandbox="allow-top-navigation-by-user-activation" srcdoc="${opensOutside}"></iframe>`;
}

function frame(title: string, content: ReturnType<typeof html>) {
  const { light, dark } = lookOf(DEFAULT_BRANDING);
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <style>
      :root { color-scheme: light dark; ${raw(asVariables(light))} }
      @media (prefers-color-scheme: dark) { :root { ${raw(asVariables(dark))} } }
      body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.6 Helvetica, Arial, sans-serif; overflow-wrap: anywhere; }
      main { box-sizing: border-box; max-width: 52rem; margin: 1.5rem auto; padding: 1.5rem; background: var(--card); border-top: 6px solid ${DEFAULT_BRANDING.primary_colour}; border-radius: .5rem; }
      h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; color: var(--heading); }
      a { color: var(--heading); }
      .muted { color: var(--muted); font-size: .9rem; }
      ol { list-style: none; margin: 1rem 0 0; padding: 0; }
      li { padding: .6rem 0; border-top: 1px solid var(--line); }
      li a { display: block; font-weight: 600; }
      .button { display: inline-block; padding: .6rem 1.2rem; border-radius: .375rem; background: var(--button); color: var(--ink); font-weight: 600; text-decoration: none; }
      nav { display: flex; gap: 1rem; margin: 1rem 0; border-bottom: 1px solid var(--line); }
      nav a[aria-current] { font-weight: 700; text-decoration: none; border-bottom: 3px solid var(--heading); }
      iframe { width: 100%; height: 75vh; border: 1px solid var(--line); border-radius: .375rem; }
      pre { white-space: pre-wrap; }
    </style>
  </head>
  <body><main>${content}</main></body>
</html>`;
}
