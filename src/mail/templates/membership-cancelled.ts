import * as z from "zod";
import { template } from "../letter.ts";
import { lastDay } from "../sums.ts";

/** To a member whose membership was canceled, by themselves or by us. Without `ends_at` it ended at once. */
export const membership_cancelled = template({
  data: z.object({ first_name: z.string(), ends_at: z.string().nullable() }),
  compose: ({ first_name, ends_at }, { branding }) => ({
    subject: `A change to your account at ${branding.name}`,
    blocks: [
      `Dear ${first_name},`,
      ends_at
        ? `Your membership was canceled. It continues until ${lastDay(ends_at)} and then ends. No more dues will be collected.`
        : "Your membership was canceled and has ended. No more dues will be collected.",
      "Thank you for being part of what we do. If this is a mistake, please reply to this email.",
    ],
  }),
});
