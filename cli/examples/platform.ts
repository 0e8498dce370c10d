import { SAMPLE } from "../../local/sample-ids.ts";
import { about, type Examples } from "./example.ts";

const PASS = "QxNcVGZ0ZW5hbnQtc2lnbmF0dXJl";

export const PLATFORM: Examples = {
  receiveMailFeedback: {
    body: { type: "email.delivered", data: { email_id: SAMPLE.mail.failed } },
    needs: "the mail provider's signature, in a header",
  },
  retryMails: { body: { from: "2026-11-01", last_error: "503" } },
  retryMail: about(SAMPLE.mail.failed),
  previewReminders: { query: { days: 30 } },
  getEmailTemplate: { params: { key: "approval" } },
  editEmailTemplate: {
    params: { key: "approval" },
    body: { texts: { what_happened: "Good news: we would love to have you." } },
  },
  sendTestEmail: { params: { key: "approval" } },
  editSettings: {
    body: {
      primary_colour: "#6a2c91",
      accent_colour: "#e4572e",
      postal_address: "1 Example Street\nNew York, NY 10001",
      contact_email: "hello@example.org",
      grace_days: 14,
      donation_minimum_cents: 500,
    },
  },
  undoSettings: { body: { audit_id: SAMPLE.audit_entry.grace_days } },
  listAuditEntries: { query: { subject_type: "users" } },
  getPhoto: {
    params: { pass: PASS, variant: "thumb.webp" },
    needs: "the address of a photo, which other routes return",
  },
  getDocument: {
    params: { pass: PASS, name: "report.pdf" },
    needs: "the address of a document, which other routes return",
  },
  getStagedUpload: { params: { pass: PASS }, needs: "an upload that is being processed" },
  getPublicFile: {
    params: { kind: "logo", name: "aaaaaaaaaaaaaaaaaaaaaa", variant: "logo.png" },
    needs: "the address of a logo or cover, which other routes return",
  },
};
