import * as z from "zod";
import { paragraph, template } from "../letter.ts";
import { lastDay } from "../sums.ts";

/** To a member whose membership was cancelled, by themselves or by us; without `ends_at` it ended at once. */
export const membership_cancelled = template({
  data: z.object({ first_name: z.string(), ends_at: z.string().nullable() }),
  compose: ({ first_name, ends_at }, { branding }) => ({
    subject: `A change to your account at ${branding.name}`,
    blocks: [
      paragraph(`Dear ${first_name},`),
      paragraph(
        ends_at
          ? `Your membership was cancelled. It goes on until ${lastDay(ends_at)} and ends then. No more dues are collected.`
          : "Your membership was cancelled and has ended. No more dues are collected.",
      ),
      paragraph("Thank you for your part in what we do. If this is a mistake, please answer this mail."),
    ],
  }),
});
