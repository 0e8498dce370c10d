import { describe, expect, test } from "vitest";
import { call, outcome, post } from "../harness/client.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

interface TakenOn {
  taken_on_by: { id: string; name: string } | null;
  taken_on_at: string | null;
  waiting_since: string | null;
}

const takeOn = (id: string, token: string) =>
  post<TakenOn & { detail?: string }>(`/api/admin/users/${id}/take-on`, undefined, { token });
const letGo = (id: string, token: string) => call<TakenOn>("DELETE", `/api/admin/users/${id}/take-on`, { token });

describe.concurrent("taking an application on", () => {
  test("shows who looks after it, since when, and since when it waits", async () => {
    const status_since = "2026-01-02T03:04:05.678Z";
    const applicant = await person("pending_validation", { created_at: "2025-12-01T12:00:00Z", status_since });
    const desk = await volunteer("users.approve");
    const { status, body } = await takeOn(applicant.id, desk.token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ taken_on_by: { id: desk.id, name: "Robin Example" }, waiting_since: status_since });
    expect(Date.now() - Date.parse(body.taken_on_at ?? "")).toBeLessThan(60_000);
    const again = await takeOn(applicant.id, desk.token);
    expect(Date.parse(again.body.taken_on_at ?? "")).toBeGreaterThan(Date.parse(body.taken_on_at ?? ""));
    const gone = await letGo(applicant.id, desk.token);
    expect(gone.body).toMatchObject({ taken_on_by: null, taken_on_at: null, waiting_since: status_since });
    expect((await letGo(applicant.id, desk.token)).status).toBe(200);
  });

  test("is refused while somebody else looks after it, for three days", async () => {
    const applicant = await person("pre_validated");
    const [first, second] = [await volunteer("users.approve"), await volunteer("users.reject")];
    await takeOn(applicant.id, first.token);
    const refused = await takeOn(applicant.id, second.token);
    expect(outcome(refused)).toEqual([409, "taken_on"]);
    expect(refused.body.detail).toMatch(
      /^Somebody else has been looking after this application since [A-Z][a-z]+ \d{1,2} at \d\d:\d\d\. It is free again 3 days after that\.$/,
    );
    expect(outcome(await letGo(applicant.id, second.token))).toEqual([409, "taken_on"]);
    const taken = (ago: string) =>
      sql(`update users set taken_on_at = now() - interval '${ago}' where id = $1`, [applicant.id]);
    await taken("2 days 23 hours 59 minutes");
    expect(outcome(await takeOn(applicant.id, second.token))).toEqual([409, "taken_on"]);
    await taken("3 days");
    expect((await letGo(applicant.id, second.token)).status).toBe(200);
    expect((await takeOn(applicant.id, second.token)).body.taken_on_by?.id).toBe(second.id);
  });

  test("by two at the same time: one has it", async () => {
    const applicant = await person("pending_validation");
    const desks = [await volunteer("users.approve"), await volunteer("users.approve")];
    const answers = await Promise.all(desks.map(({ token }) => takeOn(applicant.id, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("is for those who wait, and not for one's own", async () => {
    const { token } = await volunteer("users.approve");
    for (const status of ["pending_email", "payment_pending", "active", "rejected", "inactive"] as const)
      expect(outcome(await takeOn((await person(status)).id, token))).toEqual([409, "status_conflict"]);
    const own = await person("pending_validation", { permissions: ["users.approve"] });
    expect(outcome(await takeOn(own.id, own.token))).toEqual([403, "own_application"]);
  });

  test("ends with the decision", async () => {
    const applicant = await person("pending_validation");
    const desk = await volunteer("users.approve", "users.reject");
    await takeOn(applicant.id, desk.token);
    await sql("update users set status = 'payment_pending' where id = $1", [applicant.id]);
    const { body } = await letGo(applicant.id, (await volunteer("users.approve")).token);
    expect(body).toMatchObject({ taken_on_by: null, taken_on_at: null, waiting_since: null });
  });
});
