import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, template } from "../letter.ts";

/** Tells volunteers who may approve applications that somebody has applied. Does not name the applicant. */
export const application_waiting = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, branding }) => ({
    subject: `${branding.name}: someone is waiting`,
    blocks: [
      `Hello ${first_name},`,
      "A new application is waiting for review. You get this email at most once a day.",
      ...button("Review applications", links.waitingApplicants(settings)),
    ],
  }),
});
