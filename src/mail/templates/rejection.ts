import * as z from "zod";
import { quote, template } from "../letter.ts";

/** Tells an applicant that they were rejected, and why. */
export const rejection = template({
  data: z.object({ first_name: z.string(), reason: z.string() }),
  compose: ({ first_name, reason }, { branding }) => ({
    subject: `About your application to ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Thank you for your application. We are sorry, but we cannot accept it. Here is why:",
      quote(reason),
      "If you think we got something wrong, please reply to this email.",
    ],
  }),
});
