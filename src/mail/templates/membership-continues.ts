import * as z from "zod";
import { template } from "../letter.ts";

/** To a member whose membership was to end with its term, and now does not. */
export const membership_continues = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { branding }) => ({
    subject: `A change to your account at ${branding.name}`,
    blocks: [
      `Dear ${first_name},`,
      "We wrote to you that your membership was canceled. That has been undone: your membership continues as before.",
      "We are glad that you are staying. If this is a mistake, please reply to this email.",
    ],
  }),
});
