import { open, signedIn } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { getNewsletter, listNewsletters } from "./archive.ts";
import { newsletterPage, readNewsletter } from "./read.ts";
import { ArchiveFilters, Newsletter, NewsletterInBrowser, NewsletterPage, ReadQuery } from "./schemas.ts";

const tag = "Newsletters";

export const newsletterRoutes = [
  route({
    method: "get",
    path: "/api/newsletters",
    tag,
    operationId: "listNewsletters",
    summary: "List the archive of newsletters",
    description: "The latest first.",
    access: signedIn("active"),
    request: { query: ArchiveFilters },
    response: { 200: NewsletterPage },
    handle: (ctx, { query }) => listNewsletters(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/newsletters/{id}",
    tag,
    operationId: "getNewsletter",
    summary: "Get a newsletter",
    access: signedIn("active"),
    request: { params: ById },
    response: { 200: Newsletter },
    errors: [404],
    handle: (ctx, { params }) => getNewsletter(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/newsletters/read",
    tag,
    operationId: "readNewsletter",
    summary: "Read a newsletter in the browser",
    description:
      "For whoever has the link in its email. A page for people, JSON for clients that ask for it. It holds nothing about the reader. It works while the newsletter is in the archive.",
    access: open,
    mailed: true,
    request: { query: ReadQuery },
    response: { 200: NewsletterInBrowser },
    errors: [404],
    page: newsletterPage,
    handle: (ctx, { query }) => readNewsletter(ctx, query.token),
  }),
];
