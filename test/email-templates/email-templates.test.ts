import { describe, expect, test } from "vitest";
import { TEMPLATES } from "../../src/mail/templates.ts";
import { outcome } from "../harness/client.ts";
import { untilMails } from "../harness/mailbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";

const PATH = "/api/admin/email-templates";

interface Wording {
  name: string;
  original: string;
  changed: string | null;
  placeholders: string[];
  required: string[];
}

interface Described {
  subject: Wording;
  texts: Wording[];
  preview: { subject: string; text: string; html: string };
}

const platformWithEditor = async () => {
  const platform = await ownPlatform();
  const { token, ...editor } = await platform.volunteer("settings.email");
  const change = (key: string, body: object) => platform.call<Described>("PUT", `${PATH}/${key}`, { token, body });
  const read = (key: string) => platform.call<Described>("GET", `${PATH}/${key}`, { token });
  return { ...platform, editor, token, change, read };
};

describe("the words of emails", () => {
  test("are all there: each template with each of its texts, and a preview", async () => {
    const { call, token, read } = await platformWithEditor();
    const { items } = (await call<{ items: { key: string; changed: boolean }[] }>("GET", PATH, { token })).body;
    // The test of a newsletter says what the newsletter says.
    const keys = Object.keys(TEMPLATES).filter((key) => key !== "newsletter_test");
    expect(items.map(({ key }) => key)).toEqual(keys.sort());
    expect(new Set(items.map(({ changed }) => changed))).toEqual(new Set([false]));
    const { body } = await read("password_reset");
    expect(body.subject).toEqual({
      name: "subject",
      original: "Choose a new password for {organization}",
      changed: null,
      placeholders: ["organization", "first_name"],
      required: [],
    });
    expect(body.texts.find(({ name }) => name === "by_when")).toMatchObject({
      placeholders: ["lifetime", "organization", "first_name"],
      required: ["lifetime"],
    });
    expect(body.preview.subject).toBe("Choose a new password for LOAF");
    expect(body.preview.text).toContain("Hi Robin,");
    expect(body.preview.html).toContain("1 hour");
  });

  test("can be changed one by one, taken back, and every change is audited", async () => {
    const { change, read, sql, editor } = await platformWithEditor();
    const changed = await change("reconsidered", {
      subject: "News from {organization}",
      texts: { greeting: "Dear {first_name}," },
    });
    expect(changed.status).toBe(200);
    expect(changed.body.subject.changed).toBe("News from {organization}");
    expect(changed.body.preview).toMatchObject({ subject: "News from LOAF" });
    expect(changed.body.preview.text).toContain("Dear Robin,\n");
    const more = await change("reconsidered", { texts: { what_happened: "We are thinking again." } });
    expect(more.body.preview.text).toContain("Dear Robin,\n\nWe are thinking again.");
    const less = await change("reconsidered", { subject: null, texts: { greeting: null } });
    expect(less.body.preview.subject).toBe("About your application to LOAF");
    expect(less.body.preview.text).toContain("Hi Robin,\n\nWe are thinking again.");
    expect((await read("reconsidered")).body).toEqual(less.body);
    await change("reconsidered", { texts: { what_happened: null } });
    expect(await sql("select from email_templates")).toEqual([]);
    expect(
      await sql(
        "select actor_id, action from audit_log where subject_type = 'email_templates' and subject_id = 'reconsidered' order by created_at, action desc",
      ),
    ).toEqual(["insert", "update", "update", "update", "delete"].map((action) => ({ actor_id: editor.id, action })));
  });

  test("go out as they are when the mail is sent, also in one that waited", async () => {
    const { change, insert, look, person } = await platformWithEditor();
    const someone = await person("pending_validation");
    await insert("emails", {
      template: "reconsidered",
      to_email: someone.email,
      user_id: someone.id,
      data: JSON.stringify({ first_name: "Robin {organization}" }),
    });
    await change("reconsidered", { texts: { greeting: "Ahoy {first_name} from {organization}!" } });
    await look("mail");
    const [mail] = await untilMails(someone.email);
    // What people call themselves is never taken for a placeholder.
    expect(mail?.text).toContain("Ahoy Robin {organization} from LOAF!");
  });

  test("of newsletters are in the preview of one, and in its test", async () => {
    const { change, call, volunteer, insert } = await platformWithEditor();
    const { token, email } = await volunteer("newsletters.edit", "newsletters.view");
    const id = await insert("newsletter_archives", { title: "Spring", body: "Hello." });
    await change("newsletter", { texts: { preheader: "Fresh from {organization}" } });
    const path = `/api/admin/newsletters/${id}`;
    const preview = await call<{ html: string }>("GET", `${path}/preview`, { token });
    expect(preview.body.html).toContain("Fresh from LOAF");
    expect((await call("POST", `${path}/test`, { token })).status).toBe(200);
    const [mail] = await untilMails(email);
    expect(mail?.html).toContain("Fresh from LOAF");
  });

  test.each([
    [{ texts: { by_when: "Soon." } }, "texts.by_when", "must contain {lifetime}"],
    [
      { texts: { greeting: "Hi {name}," } },
      "texts.greeting",
      "must not contain {name}: this email knows no such value",
    ],
    [
      { subject: "For {applicant_name}" },
      "subject",
      "must not contain {applicant_name}: this email knows no such value",
    ],
    [{ texts: { nonsense: "x" } }, "texts", "must not name nonsense, which is no text of this template"],
    [{ texts: { subject: "x" } }, "texts", "must not name subject, which is no text of this template"],
    [{ texts: { constructor: "x" } }, "texts", "must not name constructor, which is no text of this template"],
  ])("are refused by name where they do not fit: %j", async (body, path, message) => {
    const { change, sql } = await platformWithEditor();
    const answer = await change("password_reset", body);
    expect([...outcome(answer), Object(answer.body).errors]).toEqual([400, "invalid_input", [{ path, message }]]);
    expect(await sql("select from email_templates")).toEqual([]);
  });

  test("of a template that there is not are not found", async () => {
    const { call, change, read, token } = await platformWithEditor();
    for (const answer of [
      await read("nonsense"),
      await change("nonsense", { texts: { any: "x" } }),
      await call("POST", `${PATH}/constructor/test`, { token }),
    ])
      expect(outcome(answer)).toEqual([404, "email_template_not_found"]);
  });

  test("are sent to oneself alone, as they are, with a link that leads nowhere", async () => {
    const { call, change, token, editor, sql } = await platformWithEditor();
    await change("verification", { texts: { greeting: "Good morning," } });
    expect((await call("POST", `${PATH}/verification/test`, { token })).status).toBe(200);
    const [mail] = await untilMails(editor.email);
    expect(mail?.subject).toBe("Test: Confirm your email address for LOAF");
    expect(mail?.text).toContain("Good morning,");
    const [, link] = /\n(http\S+token=\S+)\n/.exec(mail?.text ?? "") ?? [];
    expect(link).toBeDefined();
    expect(await sql("select to_email from emails")).toEqual([{ to_email: editor.email }]);
  });
});
