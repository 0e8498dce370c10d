import { expect, test } from "vitest";
import type { UserStatus } from "../../src/people/schemas.ts";
import { userstatus } from "../../src/tables/people.ts";
import { login, personWithPassword } from "../harness/accounts.ts";
import { get } from "../harness/client.ts";
import { person } from "../harness/people.ts";
import { inDays, offlineMember } from "../harness/subscriptions.ts";

const CODES: Record<UserStatus, string | null> = {
  pending_email: "verify",
  pending_validation: "come_to_event",
  pre_validated: "wait",
  payment_pending: "pay",
  active: null,
  rejected: null,
  inactive: "renew",
};

const stepOf = async (token: string) =>
  (await get<{ next_step: { code: string; text: string; url: string | null } | null }>("/api/auth/me", { token })).body
    .next_step;

test.each(userstatus.enumValues)("who is %s learns what to do next, in a sentence", async (status) => {
  const step = await stepOf((await person(status)).token);
  expect(step?.code ?? null).toBe(CODES[status]);
  if (step) expect(step.text).toMatch(/^[A-Z].+\.$/);
  if (step?.url) expect(step.url).toMatch(/^\/\w/);
});

test("who owes dues is asked to pay them, also after the membership ended; others who are active do nothing", async () => {
  const overdue = { status: "past_due", current_term_end: inDays(-1), grace_ends_at: inDays(20) };
  const { member } = await offlineMember(overdue);
  const former = await offlineMember({ ...overdue, member: await person("inactive") });
  const { member: fine } = await offlineMember();
  expect((await stepOf(member.token))?.code).toBe("pay");
  expect((await stepOf(former.member.token))?.code).toBe("pay");
  expect(await stepOf(fine.token)).toBeNull();
});

test("signing in tells the same", async () => {
  const someone = await personWithPassword("inactive");
  expect((await login(someone.email)).body.user).toMatchObject({ next_step: { code: "renew", url: "/membership" } });
});
