import { expect, test } from "vitest";
import { follow, get } from "../../harness/client.ts";
import { hear } from "../../harness/heard-member.ts";
import { payLinkOf } from "../../harness/pay-link.ts";
import { startedCheckout, stripeApi } from "../../harness/payments.ts";
import { stripe } from "../../harness/platform.ts";

/** What somebody is told who pays from a bank account: by their profile, and by the link in a mail about dues. */
async function paysFromBank(columns: Record<string, unknown> = {}) {
  const { member, session_id } = await startedCheckout({ columns });
  await stripe.deliveryMode("manual", member.email);
  await stripe.pay(session_id, { email: member.email, later: true });
  const { customer } = await stripeApi.checkout.sessions.retrieve(session_id);
  await stripe.deliveryMode("manual", String(customer));
  const told = async () => {
    await hear(String(customer));
    const { body: me } = await get<{ next_step: { code: string; text: string } | null }>("/api/auth/me", member);
    const { body: offer } = await follow<{ situation: string }>(await payLinkOf(member));
    return [me.next_step?.code, offer.situation];
  };
  return { member, told, settle: (paid: boolean, retry?: boolean) => stripe.settle(session_id, paid, retry) };
}

const page = async (member: { id: string; email: string }) =>
  (await get(await payLinkOf(member), { headers: { Accept: "text/html" } })).text;

test.for([{}, { billing_cycle: "lifetime" }])(
  "who pays from a bank account is told to wait, until the bank refuses: %o",
  async (columns) => {
    const { member, told, settle } = await paysFromBank(columns);
    expect(await told()).toEqual(["wait", "processing"]);
    const shown = await page(member);
    expect(shown).toContain("Your bank is processing your payment.");
    expect(shown).not.toContain("<form");
    await settle(false);
    expect(await told()).toEqual(["pay", "choose"]);
  },
);

test("who pays from a bank account has nothing to do once it has paid, and may pay otherwise while it is asked again", async () => {
  const [paid, retried] = [await paysFromBank(), await paysFromBank()];
  await paid.told();
  await paid.settle(true);
  expect(await paid.told()).toEqual([undefined, "renews"]);
  await retried.told();
  await retried.settle(false, true);
  expect(await retried.told()).toEqual(["pay", "choose"]);
});
