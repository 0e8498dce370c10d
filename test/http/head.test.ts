import { describe, expect, test } from "vitest";
import { routes } from "../../src/routes.ts";
import { linkFor, register } from "../harness/accounts.ts";
import { call, follow, post } from "../harness/client.ts";
import { answerToken, event } from "../harness/events.ts";
import { anyEmail, person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

describe.concurrent("HEAD, which scanners and previewers send to mailed links, changes nothing", () => {
  const refusal = [405, "", "GET, POST"];
  const head = async (path: string) => {
    const { status, text, headers } = await call("HEAD", path);
    return [status, text, headers.get("Allow")];
  };

  test("there are three links that change something", () => {
    expect(routes.filter(({ changes }) => changes).map(({ method, path }) => `${method} ${path}`)).toEqual([
      "get /api/auth/verify-email",
      "get /api/auth/confirm-email",
      "get /api/events/cannot-come",
    ]);
  });

  test("an address stays unverified until its link is followed", async () => {
    const { email, token } = await register();
    const standing = () => sql("select status, email_verified from users where email = $1", [email]);
    expect(await head(`/api/auth/verify-email?token=${token}`)).toEqual(refusal);
    expect(await standing()).toEqual([{ status: "pending_email", email_verified: false }]);
    expect((await follow(`/api/auth/verify-email?token=${token}`)).status).toBe(200);
    expect(await standing()).toEqual([{ status: "pending_validation", email_verified: true }]);
  });

  test("an account keeps its address until the link of the new one is followed", async () => {
    const [someone, new_email] = [await person(), anyEmail("new")];
    const token = await linkFor(someone.id, "change_email", new_email);
    const address = () => sql("select email from users where id = $1", [someone.id]);
    expect(await head(`/api/auth/confirm-email?token=${token}`)).toEqual(refusal);
    expect(await address()).toEqual([{ email: someone.email }]);
    expect((await follow(`/api/auth/confirm-email?token=${token}`)).status).toBe(200);
    expect(await address()).toEqual([{ email: new_email }]);
  });

  test("a seat stays taken until its link is followed", async () => {
    const [guest, event_id] = [await person(), await event()];
    const seat = () => sql("select rsvp_status from event_rsvps where event_id = $1", [event_id]);
    expect((await post(`/api/events/${event_id}/rsvp`, { rsvp_status: "yes" }, guest)).status).toBe(200);
    const link = `/api/events/cannot-come?token=${await answerToken({ event_id, guest })}`;
    expect(await head(link)).toEqual(refusal);
    expect(await seat()).toEqual([{ rsvp_status: "yes" }]);
    expect((await follow(link)).status).toBe(200);
    expect(await seat()).toEqual([{ rsvp_status: "no" }]);
  });
});
