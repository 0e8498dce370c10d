import { randomUUID } from "node:crypto";
import { type Answer, call } from "./client.ts";
import { type MoneyPlatform, moneyPlatform, USE_CASES } from "./fault-scenes.ts";

type Act = () => Promise<Answer<{ code?: string }>>;
type Prepare = (p: MoneyPlatform) => Promise<Act>;

const asTreasurer =
  ({ url, treasurer }: MoneyPlatform, method: string, path: string, body?: object): Act =>
  () =>
    call(method, path, { url, token: treasurer.token, ...(body && { body }) });

/** A member whose subscription at Stripe has begun here, too. */
async function member(p: MoneyPlatform, columns: Record<string, unknown> = {}) {
  const payer = await p.payer(columns);
  await p.stripe.deliver(payer.event_ids);
  const [row] = await p.sql<{ id: string }>("select id from subscriptions where user_id = $1", [payer.id]);
  return { ...payer, subscription_id: row?.id ?? "" };
}

const withMember =
  (path: (subscription_id: string) => string, body: object): Prepare =>
  async (p) =>
    asTreasurer(p, "POST", path((await member(p)).subscription_id), body);

const admin = (subscription_id: string, what: string) => `/api/admin/subscriptions/${subscription_id}/${what}`;

/** Somebody with an open checkout for dues. */
async function aboutToPay(p: MoneyPlatform) {
  const person = await p.person();
  const body = { plan_id: await p.plan({ billing_cycle: "lifetime" }) };
  await p.call("POST", "/api/checkout/subscription", { token: person.token, body });
  return person;
}

/** Every request that asks Stripe something, by what it is for. */
export const REQUESTS: Record<string, Prepare> = {
  ...Object.fromEntries(
    Object.entries(USE_CASES).map(([name, arrange]) => [name, async (p: MoneyPlatform) => (await arrange(p)).act]),
  ),
  "the billing portal": async (p) => {
    const { token, id } = await member(p);
    await p.sql("update users set first_name = 'Renamed' where id = $1", [id]);
    return () => call("POST", "/api/members/billing-portal", { url: p.url, token });
  },
  "a pause": withMember((id) => admin(id, "pause"), {}),
  "the end of a pause": async (p) => {
    const { subscription_id } = await member(p);
    await asTreasurer(p, "POST", admin(subscription_id, "pause"), {})();
    return asTreasurer(p, "POST", admin(subscription_id, "resume"), { undo: "pause" });
  },
  "a cancellation undone": async (p) => {
    const { subscription_id } = await member(p);
    await asTreasurer(p, "POST", admin(subscription_id, "cancel"), { at_period_end: true })();
    return asTreasurer(p, "POST", admin(subscription_id, "resume"), { undo: "cancellation" });
  },
  "a look at Stripe": withMember((id) => admin(id, "sync"), {}),
  "a look at Stripe, before anything is paid": async (p) => {
    const { id } = await aboutToPay(p);
    const [row] = await p.sql<{ id: string }>("select id from subscriptions where user_id = $1", [id]);
    return asTreasurer(p, "POST", admin(row?.id ?? "", "sync"));
  },
  "a term recorded beside a checkout": async (p) => {
    const { id: user_id } = await aboutToPay(p);
    const term = { id: randomUUID(), user_id, plan_id: await p.plan(), payment_method: "cash" };
    return asTreasurer(p, "POST", "/api/admin/subscriptions", term);
  },
  "a rejection": async (p) => {
    const { id } = await aboutToPay(p);
    return asTreasurer(p, "POST", `/api/admin/users/${id}/reject`, { reason: "They asked for it." });
  },
  "an event replayed": async (p) => {
    const [event_id] = (await p.payer()).event_ids;
    return asTreasurer(p, "POST", `/api/admin/webhook-events/${event_id}/replay`);
  },
  "a suffix for card statements": async (p) => {
    const suffix = `DUES ${randomUUID().slice(0, 4)}`;
    return asTreasurer(p, "PUT", "/api/admin/settings", { statement_descriptor_suffix: suffix });
  },
};

/** A request whose Stripe call number `call` was refused, what was answered, and what the same request answered then. */
export interface Refused {
  request: string;
  call: number;
  answered: [status: number, code: string | undefined];
  again: number;
}

/** Those that were answered as our fault or without a code, or that block the person: after a refusal, asking again works. */
export const wronglyAnswered = (refused: Refused[]): Refused[] =>
  refused.filter(({ answered: [status, code], again }) =>
    status < 400 ? again >= 500 : status === 500 || !code || again >= 400,
  );

/**
 * Makes each request as often as it asks Stripe something, and refuses another of its calls each time, for a reason that
 * nobody has foreseen.
 *
 * @param requests which requests, by default all
 * @param most how many calls of a request are refused, from the first on
 */
export async function refuseEach({
  requests = Object.keys(REQUESTS),
  most = Number.POSITIVE_INFINITY,
}: {
  requests?: readonly string[];
  most?: number;
} = {}): Promise<Refused[]> {
  const p = await moneyPlatform();
  const refused: Refused[] = [];
  for (const request of requests) {
    const prepare = REQUESTS[request];
    if (!prepare) throw new Error(`There is no request for ${request}`);
    let calls = 1;
    for (let number = 0; number < Math.min(calls, most); number += 1) {
      const act = await prepare(p);
      const before = (await p.stripe.requests()).length;
      await p.stripe.fault({ mode: "refuse", skip: number });
      const { status, body } = await act();
      await p.stripe.clearFaults();
      const { status: again } = await act();
      // What is asked once more when nothing is refused shows how many calls there are.
      if (number === 0) calls = (await p.stripe.requests()).length - before;
      refused.push({ request, call: number, answered: [status, body?.code], again });
    }
  }
  return refused;
}
