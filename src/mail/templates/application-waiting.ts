import * as z from "zod";
import { links } from "../../http/links.ts";
import { button, paragraph, template } from "../letter.ts";

/** To those who may approve: someone waits. Names nobody. */
export const application_waiting = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, branding }) => ({
    subject: `${branding.name}: someone is waiting`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph("A new application is waiting to be looked at. You get this at most once a day."),
      ...button("See who is waiting", links.waitingApplicants(settings)),
    ],
  }),
});
