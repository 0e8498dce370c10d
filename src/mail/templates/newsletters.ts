import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { moment } from "../../time/format.ts";
import { type Block, button, facts, type Letter, type Surroundings, template } from "../letter.ts";
import { NewsletterContent } from "../newsletter-content.ts";

/** The outbox holds the id alone. The content is added when the mail is sent. */
const Newsletter = z.object({ newsletter_id: z.string(), content: NewsletterContent.nullable() });
type Newsletter = z.infer<typeof Newsletter>;

const about = ({ newsletter_id }: Newsletter) => newsletter_id;

function letterOf({ content }: Newsletter, { organisation, settings, token }: Surroundings): Letter {
  if (!content) throw new Error("The newsletter is gone");
  const { title, subject, body, events } = content;
  const upcoming: Block[] =
    events.length === 0
      ? []
      : [
          "Coming up:",
          facts(
            ...events.map(({ title, start_at, time_zone, location }): [string, string] => [
              title,
              [moment(start_at, time_zone ?? organisation.time_zone), location].filter(Boolean).join(", "),
            ]),
          ),
        ];
  return {
    subject: subject ?? title,
    blocks: [
      { kind: "written", markdown: body },
      ...upcoming,
      ...button("Read it in your browser", token && links.readNewsletter(settings, token)),
    ],
  };
}

/** To those who want newsletters. */
export const newsletter = template({ data: Newsletter, link: "newsletter", about, compose: letterOf });

/** To the volunteer who wants to see how it will look. */
export const newsletter_test = template({
  data: Newsletter,
  link: "newsletter",
  about,
  compose(data, surroundings) {
    const letter = letterOf(data, surroundings);
    return { ...letter, subject: `Test: ${letter.subject}` };
  },
});
