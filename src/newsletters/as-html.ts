import { html } from "hono/html";
import { pageWords } from "../http/page-words.ts";
import type { NewsletterContent } from "../mail/newsletter-content.ts";
import { moment } from "../time/format.ts";

/** The text and the events, without the page around them. */
export async function newsletterAsHtml({ body, events }: NewsletterContent, time_zone: string): Promise<string> {
  const { markdownAsHtml } = await import("../mail/markdown.ts");
  const upcoming = html`
<h2>${pageWords()("coming_up")}</h2>
<ul>${events.map((event) => html`<li><strong>${event.title}</strong>: ${[moment(event.start_at, event.time_zone ?? time_zone), event.location].filter(Boolean).join(", ")}</li>`)}</ul>`;
  return `${markdownAsHtml(body)}${events.length > 0 ? await upcoming : ""}`;
}
