import * as z from "zod";
import { paragraph, template } from "../letter.ts";

/** To a member whose membership was to end with its term, and does not after all. */
export const membership_continues = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { branding }) => ({
    subject: `A change to your account at ${branding.name}`,
    blocks: [
      paragraph(`Dear ${first_name},`),
      paragraph("We wrote that your membership was cancelled. It goes on after all, as it was before."),
      paragraph("We are glad that you stay. If this is a mistake, please answer this mail."),
    ],
  }),
});
