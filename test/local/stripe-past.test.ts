import { expect, test } from "vitest";
import { DAY } from "../../local/stripe/calendar.ts";
import { completeSession } from "../../local/stripe/checkout.ts";
import { controlFor, sdkFor } from "../../local/stripe/control-client.ts";
import { startStripe } from "../../local/stripe/server.ts";
import { createSession } from "../../local/stripe/session-creation.ts";
import type { Session } from "../../local/stripe/wire.ts";

test("a past happens in its order, with renewals in between, without events, and goes on from today", async () => {
  const { stripe_url, livePast, stop } = await startStripe({ port: 0, webhook_secret: "whsec_test" });
  try {
    const began = Math.floor(Date.now() / 1000) - 10 * DAY;
    let session: Session | undefined;
    livePast([
      {
        // Declared first, and happens last.
        moment: began + 3 * DAY - 1,
        happens: ({ state }) => state.declines.set(session?.subscription ?? "", true),
      },
      {
        moment: began,
        happens(world) {
          const recurring = { interval: "day" as const, interval_count: 1 };
          const price_data = { currency: "usd", unit_amount: 500, recurring, product_data: { name: "Dues" } };
          session = createSession(world, {
            mode: "subscription",
            line_items: [{ quantity: 1, price_data }],
            success_url: "https://example.org/",
          });
          completeSession(world, session, { email: "kim@example.org", name: "Kim" });
        },
      },
    ]);
    const stripe = sdkFor(stripe_url);
    const { data: bookings } = await stripe.balanceTransactions.list({ limit: 100 });
    expect(bookings.map(({ created }) => (created - began) / DAY)).toEqual([2, 1, 0]);
    const { data: charges } = await stripe.charges.list({ limit: 100 });
    expect(charges.every(({ created }) => created >= began && created <= Date.now() / 1000)).toBe(true);
    const [failed] = charges.filter(({ paid }) => !paid).toReversed();
    expect(failed?.created).toBe(began + 3 * DAY);
    expect((await stripe.events.list({ limit: 1 })).data).toEqual([]);
    expect(await controlFor(stripe_url).deliveries()).toEqual([]);

    const customer = session?.customer ?? "";
    await controlFor(stripe_url).decline({ subscription: session?.subscription ?? "" }, false);
    expect((await controlFor(stripe_url).advance(1, customer)).event_ids).not.toEqual([]);
  } finally {
    await stop();
  }
});
