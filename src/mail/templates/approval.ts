import * as z from "zod";
import { paragraph, template } from "../letter.ts";

/** To an applicant: you are welcome. */
export const approval = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { branding }) => ({
    subject: `Welcome to ${branding.name}`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph(`Good news: your application to ${branding.name} was approved. We are glad that you are joining us.`),
      paragraph("One step is left, your dues. How to pay them comes in a mail of its own."),
    ],
  }),
});
