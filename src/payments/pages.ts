import { one } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import type { Notice } from "../http/page.ts";
import { currentBranding } from "../settings/current-branding.ts";

/** Where Stripe sends people back to when there is no frontend. */
const NOTICES = {
  paid: {
    title: "Thank you",
    message:
      "As soon as your payment is confirmed, a mail tells you; from a bank account that takes some days. If it was for your dues, your membership becomes active then.",
  },
  managed: {
    title: "Your payments",
    message: "What you changed holds from now on. You can close this page.",
  },
  cancelled: {
    title: "Nothing was paid",
    message: "You left before paying. Nothing was charged, and you can start again whenever you like.",
  },
};

export async function checkoutNotice(ctx: Context, which: keyof typeof NOTICES): Promise<Notice> {
  const [organisation] = await ctx.transact(one(currentBranding()));
  return { ...NOTICES[which], organisation };
}
