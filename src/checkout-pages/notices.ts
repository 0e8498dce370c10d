import { selectBranding } from "../branding/branding.ts";
import type { Context } from "../http/context.ts";
import type { Notice } from "../http/page.ts";

/** The pages that Stripe sends people back to if there is no frontend. */
const NOTICES = {
  paid: {
    title: "Thank you",
    message:
      "We will email you as soon as your payment is confirmed. If you pay from a bank account, this takes a few days. If you paid your dues, your membership becomes active at that time.",
  },
  managed: {
    title: "Your payments",
    message: "Your changes are saved. You can close this page.",
  },
  cancelled: {
    title: "Nothing was paid",
    message: "You left before paying, so nothing was charged. You can start again whenever you like.",
  },
};

/** A page with the organization's branding. */
export async function getCheckoutNotice(ctx: Context, which: keyof typeof NOTICES): Promise<Notice> {
  const organisation = await ctx.transact((t) => t.one(selectBranding()));
  return { ...NOTICES[which], organisation };
}
