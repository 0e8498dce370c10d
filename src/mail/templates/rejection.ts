import * as z from "zod";
import { paragraph, quote, template } from "../letter.ts";

/** To an applicant: not this time, and why. */
export const rejection = template({
  data: z.object({ first_name: z.string(), reason: z.string() }),
  compose: ({ first_name, reason }, { branding }) => ({
    subject: `About your application to ${branding.name}`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph("Thank you for your application. We are sorry that we cannot accept it. This is why:"),
      quote(reason),
      paragraph("If you think that we got something wrong, please answer this mail."),
    ],
  }),
});
