import { expect, test } from "vitest";
import type { CurrentBylaws, MyDocuments } from "../../src/documents/schemas.ts";
import { PASSWORD, registration } from "../harness/accounts.ts";
import { outcome, post } from "../harness/client.ts";
import { rules, rulesInForce } from "../harness/documents.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { anyEmail, person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const acceptedBy = (email: string) =>
  sql(
    `select a.document_id, u.email_verified from document_acceptances a join users u on u.id = a.user_id
     where u.email = $1 order by u.email_verified, u.created_at`,
    [email],
  );

const apply = (email: string, accepted_documents?: unknown) =>
  post("/api/auth/register", registration({ email, ...(accepted_documents !== undefined && { accepted_documents }) }));

test("an applicant accepts the rules in force, and each registration keeps its own acceptance", async () => {
  const document_id = await rulesInForce();
  const email = anyEmail();
  expect((await apply(email, [document_id, document_id])).status).toBe(201);
  expect((await apply(email)).status).toBe(201);
  expect(await acceptedBy(email)).toEqual([{ document_id, email_verified: false }]);
});

test("what is not in force is refused, and the answer is the same whoever owns the address", async () => {
  const known = await person();
  const current = await rulesInForce();
  for (const ids of [[await rules()], [crypto.randomUUID()], [current, crypto.randomUUID()]]) {
    const [strange, familiar] = [await apply(anyEmail(), ids), await apply(known.email, ids)];
    expect(outcome(strange)).toEqual([409, "document_not_current"]);
    expect({ ...familiar.body, request_id: "" }).toEqual({ ...strange.body, request_id: "" });
  }
  const [strange, familiar] = [await apply(anyEmail(), [current]), await apply(known.email, [current])];
  expect([familiar.status, familiar.body]).toEqual([strange.status, strange.body]);
  expect((await apply(anyEmail(), "no list")).status).toBe(400);
  // Nobody accepts for the owner of an address.
  expect((await acceptedBy(known.email)).filter(({ email_verified }) => email_verified)).toEqual([]);
});

test("from the application to the next version: an applicant accepts what is in force, and is asked at a later sign-in", async () => {
  const platform = await ownPlatform();
  const { token: admin } = await platform.volunteer();
  const publish = (version: string, asks_again: boolean) =>
    platform.call<{ id: string; current: boolean }>("POST", "/api/admin/bylaws", {
      token: admin,
      body: {
        kind: "code_of_conduct",
        title: "Code of conduct",
        version,
        effective_on: "2027-01-01",
        document_type: "link",
        document_location: "https://example.org/conduct",
        published: true,
        current: true,
        asks_again,
      },
    });
  const signIn = async () => {
    const { body } = await platform.call<{
      access_token: string;
      user: { id: string; next_step: { code: string } | null };
    }>("POST", "/api/auth/login", { body: { email, password: PASSWORD } });
    return { token: body.access_token, id: body.user.id, next_step: body.user.next_step?.code };
  };
  const email = anyEmail("applicant");
  await publish("1", false);
  const shown = await platform.call<CurrentBylaws>("GET", "/api/bylaws/current");
  const accepted_documents = shown.body.items.map(({ id }) => id);
  expect(accepted_documents).toHaveLength(1);
  await platform.call("POST", "/api/auth/register", { body: registration({ email, accepted_documents }) });
  const [mail] = await untilMails(email);
  if (!mail) throw new Error("no mail");
  await platform.call("POST", "/api/auth/verify-email", { body: { token: tokenIn(mail) } });
  expect((await signIn()).next_step).toBe("come_to_event");

  const second = await publish("2", true);
  expect([second.status, second.body.current]).toEqual([201, true]);
  const { token, id, next_step } = await signIn();
  expect(next_step).toBe("accept_documents");
  const { body } = await platform.call<MyDocuments>("GET", "/api/members/documents", { token });
  expect(body.asked.map(({ version }) => version)).toEqual(["2"]);
  const document_ids = body.asked.map((asked) => asked.id);
  const accepted = await platform.call<MyDocuments>("POST", "/api/members/documents/accept", {
    token,
    body: { document_ids },
  });
  expect(accepted.body).toMatchObject({ accepted: [{ version: "2" }, { version: "1" }], asked: [] });
  const me = await platform.call<{ next_step: { code: string } | null }>("GET", "/api/auth/me", { token });
  expect(me.body.next_step?.code).toBe("come_to_event");
  const record = await platform.call("GET", `/api/admin/users/${id}`, { token: admin });
  expect(record.body.accepted_documents).toMatchObject([
    { version: "2", accepted_at: expect.any(String) },
    { version: "1", accepted_at: expect.any(String) },
  ]);
});
