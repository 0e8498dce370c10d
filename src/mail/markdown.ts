import { micromark } from "micromark";

/** One newsletter goes out to many people in a row. */
let last = { key: "", html: "" };

/**
 * Markdown (CommonMark) as HTML. Raw HTML in it shows as text, and a link with an unsafe URL leads nowhere.
 *
 * @param styles inline styles, by the name of the element
 */
export function markdownAsHtml(markdown: string, styles: Record<string, string> = {}): string {
  const key = JSON.stringify([styles, markdown]);
  if (last.key !== key) last = { key, html: styled(withoutImages(micromark(markdown)), styles) };
  return last.html;
}

const IMAGE = /<img src="([^"]*)" alt="([^"]*)"[^>]*>/g;

/**
 * Whoever hosts an image would learn who reads the mail, and when. So an image becomes a link to it. One that is a link
 * already keeps that: its words take its place.
 */
const withoutImages = (html: string): string =>
  html
    .replaceAll(/<a href="([^"]*)"[^>]*>.*?<\/a>/gs, (link, target: string) =>
      link.replaceAll(IMAGE, (_, _url, alt: string) => alt || target),
    )
    .replaceAll(IMAGE, (_, url: string, alt: string) => `<a href="${url}">${alt || url}</a>`);

/** Every `<` in the HTML begins a tag of micromark's own: those in the text are escaped. */
const styled = (html: string, styles: Record<string, string>): string =>
  html.replaceAll(/<([a-z][a-z0-9]*)(?=[\s>])/g, (tag, name: string) =>
    styles[name] ? `${tag} style="${styles[name]}"` : tag,
  );

/** The links in a Markdown text that do not lead to a web page or an address: in a mail, they would lead nowhere. */
export const brokenLinks = (markdown: string): string[] =>
  [...markdownAsHtml(markdown).matchAll(/<a href="([^"]*)"/g)]
    .map(([, url = ""]) => url)
    .filter((url) => !/^(https?:\/\/|mailto:)./i.test(url));
