import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { type Block, button, facts, type Surroundings, template } from "../letter.ts";
import { NewsletterContent } from "../newsletter-content.ts";

/** The outbox holds the id alone. The content is added when the mail is sent. */
const Newsletter = z.object({ newsletter_id: z.string(), content: NewsletterContent.nullable() });
type Newsletter = z.infer<typeof Newsletter>;

const about = ({ newsletter_id }: Newsletter) => newsletter_id;

const WORDS = {
  preheader: "News from {organization}",
  coming_up: "Coming up:",
  button: "Read it in your browser",
} as const;

const SAMPLE: Newsletter = {
  newsletter_id: "00000000-0000-4000-8000-000000000003",
  content: {
    title: "What happened in spring",
    subject: null,
    body: "# Hello\n\nIt is *spring* again. Bring a blanket.",
    events: [{ title: "Picnic", start_at: "2027-03-01T23:30:00Z", time_zone: null, location: "The park" }],
  },
};

function composeNewsletter({ content }: Newsletter, around: Surroundings<typeof WORDS>) {
  if (!content) throw new Error("The newsletter is gone");
  const { organisation, settings, token, say, format } = around;
  const { title, subject, body, events } = content;
  const upcoming: Block[] = [
    say("coming_up"),
    facts(
      ...events.map(({ title, start_at, time_zone, location }): [string, string] => [
        title,
        [format.moment(start_at, time_zone ?? organisation.time_zone), location].filter(Boolean).join(", "),
      ]),
    ),
  ];
  return {
    subject: subject ?? title,
    blocks: [
      { kind: "written" as const, markdown: body },
      ...(events.length > 0 ? upcoming : []),
      ...button(say("button"), token && links.readNewsletter(settings, token)),
    ],
  };
}

/** To those who want newsletters. */
export const newsletter = template({
  data: Newsletter,
  link: "newsletter",
  about,
  words: WORDS,
  sample: SAMPLE,
  compose: composeNewsletter,
});

/** To the volunteer who wants to see how it will look. It has no link, because it may be forwarded, and a draft is not public. */
export const newsletter_test = template({
  data: Newsletter,
  words: WORDS,
  sample: SAMPLE,
  compose(data, around) {
    const { subject, blocks } = composeNewsletter(data, { ...around, token: undefined });
    return { subject: around.common("test", { subject }), blocks };
  },
});
