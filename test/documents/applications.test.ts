import { expect, test } from "vitest";
import { registration } from "../harness/accounts.ts";
import { outcome, post } from "../harness/client.ts";
import { rules, rulesInForce } from "../harness/documents.ts";
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
