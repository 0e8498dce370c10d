import * as z from "zod";
import { template } from "../letter.ts";

/** Tells an applicant that they were approved. */
export const approval = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { branding }) => ({
    subject: `Welcome to ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      `Good news: your application to ${branding.name} was approved. We are glad to have you.`,
      "One step is left: paying your dues. We are sending you another email about that.",
    ],
  }),
});
