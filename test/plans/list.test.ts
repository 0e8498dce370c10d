import { describe, expect, test } from "vitest";
import { get, outcome } from "../harness/client.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { everythingIn } from "../harness/pages.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";

interface Plan {
  id: string;
  position: number;
}

/** The plans on offer among these, in the order that the list gives them. */
const listed = async (ids: string[]): Promise<string[]> =>
  (await everythingIn<Plan>("/api/plans", 100)).map(({ id }) => id).filter((id) => ids.includes(id));

describe.concurrent("the plans on offer", () => {
  test("are seen by anybody, each with its prices in cents", async () => {
    const id = await plan({
      description: "For those who earn little.",
      price_cents: 2500,
      minimum_price_cents: 500,
      suggested_price_cents: 3000,
      billing_cycle: "quarterly",
      donation_allowed: false,
      position: 7,
    });
    const [{ name }] = (await sql("select name from subscription_plans where id = $1", [id])) as [{ name: string }];
    const found = (await everythingIn<Plan>("/api/plans", 100)).find((each) => each.id === id);
    expect(found).toEqual({
      id,
      name,
      description: "For those who earn little.",
      price_cents: 2500,
      minimum_price_cents: 500,
      suggested_price_cents: 3000,
      currency: "usd",
      billing_cycle: "quarterly",
      term_end_month: null,
      term_end_day: null,
      rollover_days: 0,
      donation_allowed: false,
      position: 7,
    });
  });

  test("say on which day of the year terms end that do not renew themselves", async () => {
    const id = await plan({ billing_cycle: "custom", term_end_month: 6, term_end_day: 30 });
    const found = (await everythingIn<Plan>("/api/plans", 100)).find((each) => each.id === id);
    expect(found).toMatchObject({ billing_cycle: "custom", term_end_month: 6, term_end_day: 30 });
  });

  test("do not show what is inactive or archived", async () => {
    const offered = await plan();
    const hidden = [await plan({ active: false }), await plan({ archived_at: new Date() })];
    expect(await listed([offered, ...hidden])).toEqual([offered]);
  });

  test.for(["0", "101", "-1", "1.5", "many"])("refuse limit=%s", async (limit) => {
    const answer = await get(`/api/plans?limit=${limit}`);
    expect(outcome(answer)).toEqual([400, "invalid_input"]);
    expect(answer.body.errors).toMatchObject([{ path: "limit" }]);
  });

  test("refuse a cursor that is not theirs", async () => {
    await plan();
    await plan();
    const { body } = await get<{ next_cursor: string }>("/api/plans?limit=1");
    expect((await get(`/api/plans?cursor=${body.next_cursor}`)).status).toBe(200);
    const elsewhere = await get(`/api/events?cursor=${body.next_cursor}`);
    expect(outcome(elsewhere)).toEqual([400, "invalid_input"]);
    for (const cursor of ["nonsense", "%00", "W10", "eyJhIjoxfQ"])
      expect((await get(`/api/plans?cursor=${cursor}`)).status).toBe(400);
  });
});

test("they come in their position's order, each on one page, whatever the pages' size and however many share a position", async () => {
  const platform = await ownPlatform();
  const positions = [-2_147_483_648, -5, -5, -5, 0, 3, 3, 1_000_000_000, 2_147_483_647, 2_147_483_647];
  const plans = await Promise.all(
    positions.map(async (position) => ({ position, id: await platform.plan({ position }) })),
  );
  const ids = plans.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
  for (const limit of [1, 2, 3, 9, 10]) {
    const listed = await everythingIn<Plan>("/api/plans", limit, { url: platform.url });
    expect(listed.map(({ id }) => id)).toEqual(ids);
  }
});
