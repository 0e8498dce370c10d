import type { Route } from "../../src/http/route.ts";
import { userstatus } from "../../src/tables/people.ts";
import { linkFor, PASSWORD, personWithPassword, refreshTokenOf, register, registration } from "../harness/accounts.ts";
import { type Answer, type Call, call } from "../harness/client.ts";
import {
  pdfOf,
  report,
  rules,
  rulesInForce,
  storedDocument,
  unwrittenReport,
  unwrittenRules,
} from "../harness/documents.ts";
import { gift, handedOver, offlineDonation, paidDonation } from "../harness/donations.ts";
import { answered, answerToken, doorOf, event, eventDetails } from "../harness/events.ts";
import { galleryPhoto } from "../harness/gallery.ts";
import { donation, dues } from "../harness/giving.ts";
import { importJob } from "../harness/imports.ts";
import { acceptance, asked, invited, referred } from "../harness/joining.ts";
import { sentMail, told, unsubscribeToken } from "../harness/mail-feedback.ts";
import { newsletter, newsletterToken, reader, taggedNewsletter } from "../harness/newsletters.ts";
import { note } from "../harness/notes.ts";
import { outgoing } from "../harness/outbox.ts";
import { payLinkOf } from "../harness/pay-link.ts";
import { customer, eventOf, paidCheckout, signedEvent, stripeApi } from "../harness/payments.ts";
import { anyEmail, onPaper, person, volunteer } from "../harness/people.ts";
import { formOf, pathOf, photographed, picture, publicImage, stagedUpload } from "../harness/photos.ts";
import { plan, planDetails } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";
import { role } from "../harness/roles.ts";
import { codeOf, enrolled, pendingSignIn } from "../harness/second-factor.ts";
import { settingsChange } from "../harness/settings.ts";
import { inDays, offlineMember, subscriber } from "../harness/subscriptions.ts";

/** A valid call of a route, ready to send. */
export interface Example extends Call {
  /** The path with its parameters and query. Defaults to the declared path. */
  path?: string;
}

/**
 * One valid call of every declared route, keyed by method and path. The generated tests fail for a route without one.
 */
export const examples: Record<string, () => Promise<Example>> = {
  "get /health": async () => ({}),
  "get /health/ready": async () => ({}),
  "get /api/admin/dashboard/stats": async () => ({ token: (await volunteer("users.view")).token }),
  "get /api/navigation": async () => ({ token: (await volunteer("users.view")).token }),
  "post /api/auth/register": async () => ({ body: registration() }),
  "post /api/auth/resend-verification": async () => ({ body: { email: (await person("pending_email")).email } }),
  "get /api/auth/verify-email": async () => ({
    path: `/api/auth/verify-email?token=${(await register()).token}`,
    headers: { Accept: "application/json" },
  }),
  "post /api/auth/verify-email": async () => ({ body: { token: (await register()).token } }),
  "post /api/auth/verify-email/not-me": async () => ({ body: { token: (await register()).token } }),
  "post /api/auth/login": async () => ({ body: { email: (await personWithPassword()).email, password: PASSWORD } }),
  "post /api/auth/refresh": async () => ({ body: { refresh_token: await refreshTokenOf(await person()) } }),
  "get /api/auth/forgot-password": async () => ({}),
  "post /api/auth/forgot-password": async () => ({ body: { email: (await person()).email } }),
  "get /api/auth/reset-password": async () => ({
    path: `/api/auth/reset-password?token=${await linkFor((await person()).id, "reset_password")}`,
  }),
  "post /api/auth/reset-password": async () => ({
    body: { token: await linkFor((await person()).id, "reset_password"), new_password: "another long passphrase" },
  }),
  "post /api/auth/change-password": async () => ({
    token: (await personWithPassword()).token,
    body: { current_password: PASSWORD, new_password: "another long passphrase" },
  }),
  "post /api/auth/change-email": async () => ({ token: (await person()).token, body: { new_email: anyEmail("new") } }),
  "get /api/auth/confirm-email": async () => ({
    path: `/api/auth/confirm-email?token=${await linkFor((await person()).id, "change_email", anyEmail("new"))}`,
    headers: { Accept: "application/json" },
  }),
  "post /api/auth/confirm-email": async () => ({
    body: { token: await linkFor((await person()).id, "change_email", anyEmail("new")) },
  }),
  "get /api/auth/activate": async () => ({
    path: `/api/auth/activate?token=${await linkFor((await onPaper()).id, "activate")}`,
  }),
  "post /api/auth/activate": async () => ({
    body: { token: await linkFor((await onPaper()).id, "activate"), password: "another long passphrase" },
  }),
  "get /api/auth/sessions": async () => ({ path: "/api/auth/sessions?limit=5", token: (await person()).token }),
  "delete /api/auth/sessions/{id}": async () => {
    const { session_id, token } = await person();
    return { path: `/api/auth/sessions/${session_id}`, token };
  },
  "delete /api/auth/sessions": async () => ({ token: (await person()).token }),
  "get /api/auth/sign-ins": async () => ({ path: "/api/auth/sign-ins?limit=5", token: (await person()).token }),
  "post /api/auth/mfa/sign-in": async () => {
    const someone = await enrolled();
    return { body: { mfa_token: await pendingSignIn(someone), code: codeOf(someone.secret) } };
  },
  "get /api/auth/mfa": async () => ({ token: (await enrolled()).token }),
  "post /api/auth/mfa/totp": async () => ({ token: (await person()).token }),
  "post /api/auth/mfa/totp/confirm": async () => {
    const someone = await enrolled();
    await sql("update second_factors set confirmed_at = null where user_id = $1", [someone.id]);
    return { token: someone.token, body: { code: codeOf(someone.secret) } };
  },
  "delete /api/auth/mfa/totp": async () => ({ token: (await enrolled()).token }),
  "post /api/auth/mfa/recovery-codes": async () => ({ token: (await enrolled()).token }),
  "post /api/auth/reauthenticate": async () => ({
    token: (await personWithPassword()).token,
    body: { password: PASSWORD },
  }),
  "post /api/auth/logout": async () => ({ token: (await person()).token }),
  "get /api/auth/me": async () => ({ token: (await person()).token }),
  "get /api/admin/users": async () => ({
    path: "/api/admin/users?status=active,inactive&search=robin&joined_from=2020-01-01&email_verified=true&taken_on_by=nobody&sort=name&limit=5",
    token: (await volunteer("users.view")).token,
  }),
  "get /api/admin/users/export": async () => ({
    path: `/api/admin/users/export?status=active&search=${crypto.randomUUID()}&headers=human`,
    token: (await volunteer("users.export")).token,
  }),
  "get /api/admin/users/{id}": async () => ({
    path: `/api/admin/users/${(await person()).id}`,
    token: (await volunteer("users.view")).token,
  }),
  "post /api/admin/users/import": async () => ({
    path: "/api/admin/users/import?file_name=members.csv",
    token: (await volunteer("users.import")).token,
    headers: { "Content-Type": "text/csv" },
    body: "first_name,external_id\r\nRobin,\r\n",
  }),
  "get /api/admin/users/import/template": async () => ({ token: (await volunteer("users.import")).token }),
  "get /api/admin/import-jobs": async () => ({
    path: "/api/admin/import-jobs?status=completed&limit=5",
    token: (await volunteer("users.import")).token,
  }),
  "get /api/admin/import-jobs/{id}": async () => ({
    path: `/api/admin/import-jobs/${await importJob("ready")}`,
    token: (await volunteer("users.import")).token,
  }),
  "put /api/admin/import-jobs/{id}/columns": async () => ({
    path: `/api/admin/import-jobs/${await importJob("ready")}/columns`,
    token: (await volunteer("users.import")).token,
    body: { columns: [{ header: "name", field: "first_name" }] },
  }),
  "get /api/admin/import-jobs/{id}/rows": async () => ({
    path: `/api/admin/import-jobs/${await importJob("ready")}/rows?outcome=create&warned=false&limit=5`,
    token: (await volunteer("users.import")).token,
  }),
  "get /api/admin/import-jobs/{id}/problems.csv": async () => ({
    path: `/api/admin/import-jobs/${await importJob("ready")}/problems.csv?bom=1`,
    token: (await volunteer("users.import")).token,
  }),
  "post /api/admin/import-jobs/{id}/apply": async () => ({
    path: `/api/admin/import-jobs/${await importJob("ready")}/apply`,
    token: (await volunteer("users.import")).token,
  }),
  "post /api/admin/import-jobs/{id}/undo": async () => ({
    path: `/api/admin/import-jobs/${await importJob("completed")}/undo`,
    token: (await volunteer("users.import")).token,
  }),
  "post /api/admin/import-jobs/{id}/activation-waves": async () => ({
    path: `/api/admin/import-jobs/${await importJob("completed")}/activation-waves`,
    token: (await volunteer("users.import")).token,
    body: { per_day: 200 },
  }),
  "delete /api/admin/import-jobs/{id}/activation-waves": async () => ({
    path: `/api/admin/import-jobs/${await importJob("completed")}/activation-waves`,
    token: (await volunteer("users.import")).token,
  }),
  "post /api/admin/users": async () => ({
    token: (await volunteer("users.create")).token,
    body: { first_name: "Robin", email: anyEmail("paper"), status: "pending_validation", send_activation: true },
  }),
  "put /api/admin/users/{id}": async () => ({
    path: `/api/admin/users/${(await person()).id}`,
    token: (await volunteer("users.edit")).token,
    body: { first_name: "Alex", pronouns: "they/them" },
  }),
  "put /api/admin/users/{id}/status": async () => ({
    path: `/api/admin/users/${(await person("pending_validation")).id}/status`,
    token: (await volunteer("users.change_status")).token,
    body: { status: "pre_validated", reason: "We met." },
  }),
  "post /api/admin/users/{id}/resend-verification": async () => ({
    path: `/api/admin/users/${(await person("pending_email")).id}/resend-verification`,
    token: (await volunteer("users.edit")).token,
  }),
  "get /api/admin/users/{id}/sensitive": async () => ({
    path: `/api/admin/users/${(await person()).id}/sensitive`,
    token: (await volunteer("users.view_sensitive")).token,
  }),
  "get /api/admin/users/{id}/twins": async () => ({
    path: `/api/admin/users/${(await person()).id}/twins`,
    token: (await volunteer("users.view")).token,
  }),
  "get /api/admin/users/{id}/notes": async () => ({
    path: `/api/admin/users/${(await person()).id}/notes?limit=5`,
    token: (await volunteer("users.view")).token,
  }),
  "post /api/admin/users/{id}/notes": async () => ({
    path: `/api/admin/users/${(await person()).id}/notes`,
    token: (await volunteer("users.edit")).token,
    body: { body: "Would like to help at the picnic.", sensitive: false },
  }),
  "put /api/admin/users/{id}/notes/{note_id}": async () => ({
    ...(await ownNote()),
    body: { body: "Cannot come to the picnic.", sensitive: false },
  }),
  "delete /api/admin/users/{id}/notes/{note_id}": ownNote,
  "put /api/admin/users/{id}/tags": async () => ({
    path: `/api/admin/users/${(await person()).id}/tags`,
    token: (await volunteer("users.edit")).token,
    body: { tags: ["Speaks Spanish", "picnic"] },
  }),
  "get /api/admin/tags": async () => ({
    path: "/api/admin/tags?limit=5",
    token: (await volunteer("users.view")).token,
  }),
  "put /api/admin/users/{id}/approve": async () => ({
    path: `/api/admin/users/${(await person("pending_validation")).id}/approve`,
    token: (await volunteer("users.approve")).token,
  }),
  "post /api/admin/users/{id}/reject": async () => ({
    path: `/api/admin/users/${(await person("pending_validation")).id}/reject`,
    token: (await volunteer("users.reject")).token,
    body: { reason: "We could not reach you." },
  }),
  "post /api/admin/users/approve": async () => ({
    token: (await volunteer("users.approve")).token,
    body: { ids: [(await person("pending_validation")).id] },
  }),
  "post /api/admin/users/reject": async () => ({
    token: (await volunteer("users.reject")).token,
    body: { ids: [(await person("pending_validation")).id], reason: "We could not reach you." },
  }),
  "post /api/admin/users/{id}/reconsider": async () => ({
    path: `/api/admin/users/${(await person("rejected")).id}/reconsider`,
    token: (await volunteer("users.reject")).token,
  }),
  "post /api/admin/users/{id}/take-on": async () => ({
    path: `/api/admin/users/${(await person("pending_validation")).id}/take-on`,
    token: (await volunteer("users.approve")).token,
  }),
  "delete /api/admin/users/{id}/take-on": async () => ({
    path: `/api/admin/users/${(await person("pending_validation")).id}/take-on`,
    token: (await volunteer("users.approve")).token,
  }),
  "post /api/admin/users/{id}/hand-over": async () => ({
    path: `/api/admin/users/${(await volunteer("permissions.assign")).id}/hand-over`,
    token: (await volunteer("permissions.assign")).token,
    body: { to: (await volunteer("users.approve")).id },
  }),
  "get /api/admin/storage/usage": async () => ({ token: (await volunteer("settings.storage")).token }),
  "post /api/admin/storage/recalculate": async () => ({ token: (await volunteer("settings.storage")).token }),
  "get /api/admin/users/{id}/vouchings": async () => ({
    path: `/api/admin/users/${(await asked()).applicant.id}/vouchings`,
    token: (await volunteer("users.approve")).token,
  }),
  "post /api/admin/users/{id}/vouchings": async () => ({
    path: `/api/admin/users/${(await referred()).id}/vouchings`,
    token: (await volunteer("users.approve")).token,
    body: { member_id: (await person()).id },
  }),
  "get /api/members/vouchings": async () => ({
    path: "/api/members/vouchings?limit=5",
    token: (await asked()).member.token,
  }),
  "post /api/members/vouchings/{id}": async () => {
    const { id, member } = await asked();
    return { path: `/api/members/vouchings/${id}`, token: member.token, body: { answer: "yes" } };
  },
  "get /api/auth/vouch": async () => ({
    path: `/api/auth/vouch?token=${(await asked()).token}`,
    headers: { Accept: "application/json" },
  }),
  "post /api/auth/vouch": async () => ({ body: { token: (await asked()).token, answer: "yes" } }),
  "get /api/admin/invitations": async () => ({
    path: "/api/admin/invitations?status=pending&limit=5",
    token: (await volunteer("users.invite")).token,
  }),
  "post /api/admin/invitations": async () => ({
    token: (await volunteer("users.invite")).token,
    body: { email: anyEmail("invited"), message: "Come and join us. Robin" },
  }),
  "post /api/admin/invitations/{id}/resend": async () => ({
    path: `/api/admin/invitations/${(await invited()).id}/resend`,
    token: (await volunteer("users.invite")).token,
  }),
  "delete /api/admin/invitations/{id}": async () => ({
    path: `/api/admin/invitations/${(await invited()).id}`,
    token: (await volunteer("users.invite")).token,
  }),
  "get /api/auth/accept-invitation": async () => ({
    path: `/api/auth/accept-invitation?token=${(await invited()).token}`,
    headers: { Accept: "application/json" },
  }),
  "post /api/auth/accept-invitation": async () => ({ body: acceptance((await invited()).token) }),
  "get /api/admin/webhook-events": async () => ({
    path: "/api/admin/webhook-events?status=applied&type=invoice.paid&from=2026-01-01T00:00:00Z&limit=5",
    token: (await volunteer("settings.audit")).token,
  }),
  "post /api/admin/webhook-events/{id}/replay": async () => ({
    path: `/api/admin/webhook-events/${eventOf(await paidCheckout(), "checkout.session.completed")}/replay`,
    token: (await volunteer("settings.audit")).token,
  }),
  "post /api/admin/webhook-events/{id}/dismiss": async () => {
    const id = `evt_${crypto.randomUUID()}`;
    await sql(
      "insert into stripe_events (id, type, status, reason, stripe_created_at) values ($1, 'invoice.paid', 'parked', 'failed: Error', now())",
      [id],
    );
    return {
      path: `/api/admin/webhook-events/${id}/dismiss`,
      token: (await volunteer("settings.audit")).token,
    };
  },
  "post /api/webhooks/email": async () => told({ kind: "delivered", email_id: await sentMail((await person()).email) }),
  "get /api/unsubscribe/{token}": async () => ({
    path: `/api/unsubscribe/${await unsubscribeToken((await person()).id, "newsletter")}`,
  }),
  "post /api/unsubscribe/{token}": async () => ({
    path: `/api/unsubscribe/${await unsubscribeToken((await person()).id, "newsletter")}`,
  }),
  "post /api/unsubscribe/{token}/undo": async () => ({
    path: `/api/unsubscribe/${await unsubscribeToken((await person()).id, "newsletter")}/undo`,
  }),
  "get /api/admin/outbox": async () => ({
    path: "/api/admin/outbox?status=sent&feedback=bounced&template=approval&lane=1&email=robin@example.org&last_error=500&from=2026-01-01&limit=5",
    token: (await volunteer("settings.email")).token,
  }),
  "get /api/admin/outbox/health": async () => ({ token: (await volunteer("settings.email")).token }),
  "post /api/admin/outbox/retry": async () => {
    const template = "rejection";
    const user_id = (await person()).id;
    await outgoing(anyEmail(), { template, user_id, status: "failed", attempts: 12, last_error: "500" });
    return {
      body: { from: "2026-01-01", status: "failed", user_id, template, last_error: "500" },
      token: (await volunteer("settings.email")).token,
    };
  },
  "post /api/admin/outbox/{id}/retry": async () => ({
    path: `/api/admin/outbox/${await outgoing(anyEmail(), { status: "failed", attempts: 12, last_error: "500" })}/retry`,
    token: (await volunteer("settings.email")).token,
  }),
  "get /api/admin/reminders": async () => ({
    path: `/api/admin/reminders?user_id=${(await person()).id}&kind=term_ending&outcome=sent&limit=5`,
    token: (await volunteer("settings.email")).token,
  }),
  "get /api/admin/reminders/preview": async () => ({
    path: "/api/admin/reminders/preview?days=7",
    token: (await volunteer("settings.email")).token,
  }),
  "get /api/admin/jobs": async () => ({
    path: "/api/admin/jobs?job=forget_old&outcome=succeeded&limit=5",
    token: (await volunteer("settings.audit")).token,
  }),
  "get /api/admin/audit-log": async () => ({
    path: `/api/admin/audit-log?subject_type=users&subject_id=${(await person()).id}&from=2026-01-01T00:00:00Z&limit=5`,
    token: (await volunteer("settings.audit")).token,
  }),
  "get /api/members/profile": async () => ({ token: (await person()).token }),
  "put /api/members/profile": async () => ({ token: (await person()).token, body: { pronouns: "they/them" } }),
  "post /api/members/profile/upload-photo": async () => ({
    token: (await person()).token,
    headers: { "Content-Type": "image/png" },
    body: await picture(),
  }),
  "delete /api/members/profile/delete-photo": async () => ({ token: (await photographed()).token }),
  "get /api/financials": async () => ({ path: "/api/financials?limit=5&year=2026", token: (await person()).token }),
  "get /api/financials/{id}": async () => ({
    path: `/api/financials/${await report()}`,
    token: (await person()).token,
  }),
  "get /api/bylaws": async () => ({
    path: "/api/bylaws?limit=5&kind=code_of_conduct",
    token: (await person()).token,
  }),
  "get /api/bylaws/current": async () => ({}),
  "get /api/bylaws/{id}": async () => ({ path: `/api/bylaws/${await rules()}`, token: (await person()).token }),
  "get /api/members/documents": async () => ({ token: (await person()).token }),
  "post /api/members/documents/accept": async () => ({
    token: (await person()).token,
    body: { document_ids: [await rulesInForce()] },
  }),
  "get /api/admin/financials": async () => ({
    path: "/api/admin/financials?limit=5&published=true",
    token: (await volunteer("financials.view")).token,
  }),
  "post /api/admin/financials": async () => ({
    token: (await volunteer("financials.create")).token,
    body: { title: "Report", year: 2026, document_type: "upload" },
  }),
  "get /api/admin/financials/{id}": async () => ({
    path: `/api/admin/financials/${await report()}`,
    token: (await volunteer("financials.view")).token,
  }),
  "put /api/admin/financials/{id}": async () => ({
    path: `/api/admin/financials/${await report()}`,
    token: (await volunteer("financials.edit")).token,
    body: { title: "Annual report", year: 2025, published: false },
  }),
  "put /api/admin/financials/{id}/file": async () => ({
    path: `/api/admin/financials/${await unwrittenReport()}/file`,
    token: (await volunteer("financials.edit")).token,
    body: pdfOf(),
    headers: { "Content-Type": "application/pdf" },
  }),
  "delete /api/admin/financials/{id}": async () => ({
    path: `/api/admin/financials/${await report()}`,
    token: (await volunteer("financials.delete")).token,
  }),
  "get /api/admin/bylaws": async () => ({
    path: "/api/admin/bylaws?limit=5&kind=code_of_conduct&current=true",
    token: (await volunteer("bylaws.view")).token,
  }),
  "post /api/admin/bylaws": async () => ({
    token: (await volunteer("bylaws.create")).token,
    body: {
      kind: "code_of_conduct",
      title: "Code of conduct",
      version: crypto.randomUUID(),
      effective_on: "2026-01-01",
      document_type: "upload",
    },
  }),
  "get /api/admin/bylaws/{id}": async () => ({
    path: `/api/admin/bylaws/${await rules()}`,
    token: (await volunteer("bylaws.view")).token,
  }),
  "put /api/admin/bylaws/{id}": async () => ({
    path: `/api/admin/bylaws/${await unwrittenRules()}`,
    token: (await volunteer("bylaws.edit")).token,
    body: { title: "Our code of conduct", effective_on: "2027-01-01", asks_again: true },
  }),
  "put /api/admin/bylaws/{id}/file": async () => ({
    path: `/api/admin/bylaws/${await unwrittenRules()}/file`,
    token: (await volunteer("bylaws.edit")).token,
    body: pdfOf(),
    headers: { "Content-Type": "application/pdf" },
  }),
  "delete /api/admin/bylaws/{id}": async () => ({
    path: `/api/admin/bylaws/${await rules()}`,
    token: (await volunteer("bylaws.delete")).token,
  }),
  "get /api/documents/{pass}/{name}": async () => ({ path: await storedDocument() }),
  "get /api/photos/{pass}/{variant}": async () => ({ path: pathOf((await photographed()).profile_photo_url) }),
  "get /api/staged-uploads/{pass}": async () => ({ path: await stagedUpload() }),
  "get /files/{kind}/{name}/{variant}": async () => ({ path: pathOf((await publicImage()).url) }),
  "get /api/members/privacy": async () => ({ token: (await person()).token }),
  "put /api/members/privacy": async () => ({ token: (await person()).token, body: { phone_audience: "nobody" } }),
  "post /api/members/erase": async () => ({ token: (await person()).token }),
  "delete /api/members/erase": async () => ({ token: (await person()).token }),
  "get /api/members/access-log": async () => ({
    path: "/api/members/access-log?limit=5",
    token: (await person()).token,
  }),
  "get /api/members/export": async () => ({ token: (await person()).token }),
  "delete /api/admin/users/{id}": async () => ({
    path: `/api/admin/users/${(await person()).id}`,
    token: (await volunteer("users.delete")).token,
  }),
  "post /api/admin/users/{id}/keep": async () => ({
    path: `/api/admin/users/${(await person()).id}/keep`,
    token: (await volunteer("users.delete")).token,
  }),
  "get /api/directory": async () => ({ path: "/api/directory?limit=5&search=robin", token: (await person()).token }),
  "get /api/directory/{id}": async () => ({
    path: `/api/directory/${(await person("active", { in_directory: true })).id}`,
    token: (await person()).token,
  }),
  "get /api/admin/settings": async () => ({ token: (await volunteer("settings.view")).token }),
  "put /api/admin/settings": async () => ({
    token: (await volunteer("settings.edit")).token,
    body: { grace_days: 14 },
  }),
  "post /api/admin/settings/undo": async () => ({
    token: (await volunteer("settings.edit")).token,
    body: { audit_id: await settingsChange() },
  }),
  "post /api/admin/settings/logo": async () => ({
    path: "/api/admin/settings/logo?variant=dark",
    token: (await volunteer("settings.edit")).token,
    body: await picture(),
    headers: { "Content-Type": "image/png" },
  }),
  "delete /api/admin/settings/logo": async () => ({
    path: "/api/admin/settings/logo?variant=dark",
    token: (await volunteer("settings.edit")).token,
  }),
  "get /api/branding": async () => ({}),
  "get /api/admin/email-templates": async () => ({ token: (await volunteer("settings.email")).token }),
  "get /api/admin/email-templates/{key}": async () => ({
    path: "/api/admin/email-templates/approval",
    token: (await volunteer("settings.email")).token,
  }),
  "put /api/admin/email-templates/{key}": async () => ({
    path: "/api/admin/email-templates/reconsidered",
    token: (await volunteer("settings.email")).token,
    body: { texts: { what_happened: null } },
  }),
  "post /api/admin/email-templates/{key}/test": async () => ({
    path: "/api/admin/email-templates/approval/test",
    token: (await volunteer("settings.email")).token,
  }),
  "get /api/admin/permissions": async () => ({
    path: "/api/admin/permissions?limit=100",
    token: (await volunteer("permissions.view")).token,
  }),
  "get /api/admin/roles": async () => ({
    path: "/api/admin/roles?search=admin&limit=5",
    token: (await volunteer("permissions.view")).token,
  }),
  "get /api/admin/roles/{id}": async () => ({
    path: `/api/admin/roles/${await role(["events.view"])}`,
    token: (await volunteer("permissions.view")).token,
  }),
  "post /api/admin/roles": async () => ({
    token: (await volunteer("permissions.manage_roles")).token,
    body: {
      code: `example-${crypto.randomUUID()}`,
      name: "Greeter",
      description: "Welcomes people at events",
      permissions: ["permissions.manage_roles"],
      second_factor_required: false,
    },
  }),
  "put /api/admin/roles/{id}": async () => ({
    path: `/api/admin/roles/${await role(["permissions.manage_roles"])}`,
    token: (await volunteer("permissions.manage_roles")).token,
    body: { name: "Host", description: "Opens the door", second_factor_required: true },
  }),
  "put /api/admin/roles/{id}/permissions": async () => ({
    path: `/api/admin/roles/${await role()}/permissions`,
    token: (await volunteer("permissions.manage_roles")).token,
    body: { permissions: ["permissions.manage_roles"] },
  }),
  "delete /api/admin/roles/{id}": async () => ({
    path: `/api/admin/roles/${await role(["permissions.delete_roles"])}`,
    token: (await volunteer("permissions.delete_roles")).token,
  }),
  "get /api/admin/users/{id}/roles": async () => ({
    path: `/api/admin/users/${(await volunteer("events.view")).id}/roles`,
    token: (await volunteer("permissions.view")).token,
  }),
  "put /api/admin/users/{id}/roles": async () => ({
    path: `/api/admin/users/${(await person()).id}/roles`,
    token: (await volunteer("permissions.assign")).token,
    body: { role_ids: [await role(["permissions.assign"])] },
  }),
  "get /api/events": async () => ({}),
  "get /api/events/{id}": async () => ({ path: `/api/events/${await event()}` }),
  "post /api/events/{id}/rsvp": async () => ({
    path: `/api/events/${await event({ guests_limit: 2, welcome_statuses: [...userstatus.enumValues] })}/rsvp`,
    token: (await person()).token,
    body: { rsvp_status: "yes", guests: 1, show_name: true },
  }),
  "delete /api/events/{id}/rsvp": async () => {
    const { event_id, guest } = await answered();
    return { path: `/api/events/${event_id}/rsvp`, token: guest.token };
  },
  "get /api/events/{id}/ticket": async () => {
    const { event_id, guest } = await answered();
    return { path: `/api/events/${event_id}/ticket`, token: guest.token };
  },
  "get /api/events/ticket": async () => ({
    path: `/api/events/ticket?token=${await answerToken(await answered())}`,
  }),
  "get /api/events/{id}/people": async () => ({
    path: `/api/events/${(await answered("yes", {})).event_id}/people?limit=5`,
    token: (await person()).token,
  }),
  "get /api/events/cannot-come": async () => ({
    path: `/api/events/cannot-come?token=${await answerToken(await answered())}`,
    headers: { Accept: "application/json" },
  }),
  "post /api/events/cannot-come": async () => ({ body: { token: await answerToken(await answered()) } }),
  "get /api/members/rsvps": async () => ({
    path: "/api/members/rsvps?when=all&limit=5",
    token: (await answered()).guest.token,
  }),
  "get /api/calendar.ics": async () => ({}),
  "get /api/events/{id}/calendar.ics": async () => ({ path: `/api/events/${await event()}/calendar.ics` }),
  "get /api/events/calendar.ics": async () => ({
    path: `/api/events/calendar.ics?token=${await answerToken(await answered())}`,
  }),
  "get /api/calendar/{token}.ics": async () => {
    const { body } = await call<{ url: string }>("POST", "/api/members/calendar-token", {
      token: (await answered()).guest.token,
      body: {},
    });
    return { path: new URL(body.url).pathname };
  },
  "post /api/members/calendar-token": async () => ({
    token: (await person()).token,
    body: { show_titles: true },
  }),
  "delete /api/members/calendar-token": async () => ({ token: (await person()).token }),
  "get /api/admin/events": async () => ({
    path: "/api/admin/events?status=draft&when=upcoming&search=picnic&tag=outdoors&from=2026-01-01&limit=5",
    token: (await volunteer("events.view")).token,
  }),
  "get /api/admin/events/{id}": async () => ({
    path: `/api/admin/events/${await event({ published: false })}`,
    token: (await volunteer("events.view")).token,
  }),
  "post /api/admin/events": async () => ({
    token: (await volunteer("events.create")).token,
    body: eventDetails({ published: false }),
  }),
  "put /api/admin/events/{id}": async () => ({
    path: `/api/admin/events/${await event()}`,
    token: (await volunteer("events.edit", "events.publish")).token,
    body: eventDetails(),
  }),
  "delete /api/admin/events/{id}": async () => ({
    path: `/api/admin/events/${await event()}`,
    token: (await volunteer("events.delete")).token,
  }),
  "put /api/admin/events/{id}/status": async () => ({
    path: `/api/admin/events/${await event({ published: false })}/status`,
    token: (await volunteer("events.publish")).token,
    body: { status: "published" },
  }),
  "post /api/admin/events/{id}/duplicate": async () => ({
    path: `/api/admin/events/${await event()}/duplicate`,
    token: (await volunteer("events.create")).token,
    body: { start_at: inDays(30).toISOString() },
  }),
  "put /api/admin/events/{id}/questions": async () => ({
    path: `/api/admin/events/${await event()}/questions`,
    token: (await volunteer("events.edit")).token,
    body: {
      questions: [
        {
          question: "Do you eat meat?",
          purpose: "For the cook",
          kind: "choice",
          choices: ["Yes", "No"],
          required: true,
        },
      ],
    },
  }),
  "get /api/admin/events/{id}/attendance": async () => ({
    path: `/api/admin/events/${(await answered()).event_id}/attendance?rsvp_status=yes&attended=false&limit=5`,
    token: (await volunteer("events.attendance")).token,
  }),
  "put /api/admin/events/{id}/attendance": async () => ({
    path: `/api/admin/events/${await event({ starts_in: 1 })}/attendance`,
    token: (await volunteer("events.attendance")).token,
    body: { attendees: [{ user_id: (await person("pending_validation")).id, attended: true }] },
  }),
  "post /api/admin/events/{id}/check-in": async () => {
    const { event_id, check_in_code } = await answered("yes", { starts_in: 1 });
    return {
      path: `/api/admin/events/${event_id}/check-in`,
      token: (await volunteer("events.attendance")).token,
      body: { code: check_in_code, attended: true },
    };
  },
  "get /api/admin/events/{id}/door-links": async () => ({
    path: `/api/admin/events/${(await doorOf(await event())).event_id}/door-links?limit=5`,
    token: (await volunteer("events.attendance")).token,
  }),
  "post /api/admin/events/{id}/door-links": async () => ({
    path: `/api/admin/events/${await event()}/door-links`,
    token: (await volunteer("events.attendance")).token,
    body: { label: "Robin at the gate" },
  }),
  "delete /api/admin/events/{id}/door-links/{link_id}": async () => {
    const { event_id, link_id } = await doorOf(await event());
    return {
      path: `/api/admin/events/${event_id}/door-links/${link_id}`,
      token: (await volunteer("events.attendance")).token,
    };
  },
  "get /api/door/{token}": async () => ({
    path: `${(await doorOf(await event({ starts_in: 1 }))).path}?scanned=4F09A1C3&again=true`,
  }),
  "post /api/door/{token}/check-in": async () => {
    const { event_id, check_in_code } = await answered("yes", { starts_in: 1 });
    return { path: `${(await doorOf(event_id)).path}/check-in`, body: { code: check_in_code, attended: true } };
  },
  "post /api/door/{token}/walk-ins": async () => ({
    path: `${(await doorOf(await event({ starts_in: 1 }))).path}/walk-ins`,
    body: { undo: true },
  }),
  "delete /api/door/{token}/walk-ins": async () => ({
    path: `${(await doorOf(await event({ starts_in: 1 }))).path}/walk-ins`,
  }),
  "get /api/admin/events/{id}/messages/recipients": async () => ({
    path: `/api/admin/events/${(await answered()).event_id}/messages/recipients?to=yes,waiting`,
    token: (await volunteer("events.rsvps")).token,
  }),
  "post /api/admin/events/{id}/messages": async () => ({
    path: `/api/admin/events/${(await answered()).event_id}/messages`,
    token: (await volunteer("events.rsvps")).token,
    body: { id: crypto.randomUUID(), to: ["yes", "maybe"], subject: "About Sunday", body: "See you!", count: 1 },
  }),
  "post /api/admin/events/{id}/repeat": async () => ({
    path: `/api/admin/events/${await event({ published: false })}/repeat`,
    token: (await volunteer("events.create")).token,
    body: { rrule: "FREQ=WEEKLY;COUNT=3" },
  }),
  "get /api/admin/events/{id}/rsvps": async () => ({
    path: `/api/admin/events/${(await answered()).event_id}/rsvps?rsvp_status=yes&attended=false&search=robin&limit=5`,
    token: (await volunteer("events.rsvps")).token,
  }),
  "post /api/admin/events/{id}/rsvps": async () => ({
    path: `/api/admin/events/${await event({ guests_limit: 1 })}/rsvps`,
    token: (await volunteer("events.rsvps")).token,
    body: { user_id: (await person()).id, rsvp_status: "yes", guests: 1 },
  }),
  "delete /api/admin/events/{id}/rsvps/{user_id}": async () => {
    const { event_id, guest } = await answered();
    return {
      path: `/api/admin/events/${event_id}/rsvps/${guest.id}?promote=true`,
      token: (await volunteer("events.rsvps")).token,
    };
  },
  "post /api/admin/events/{id}/rsvps/{user_id}/promote": async () => {
    const { event_id, guest } = await answered("waitlisted");
    return {
      path: `/api/admin/events/${event_id}/rsvps/${guest.id}/promote`,
      token: (await volunteer("events.rsvps")).token,
    };
  },
  "get /api/admin/events/{id}/export": async () => ({
    path: `/api/admin/events/${(await answered()).event_id}/export?rsvp_status=yes&headers=human&bom=1`,
    token: (await volunteer("events.export")).token,
  }),
  "get /api/gallery": async () => ({ path: "/api/gallery?limit=5", token: (await person()).token }),
  "get /api/events/{id}/gallery": async () => ({
    path: `/api/events/${(await galleryPhoto()).event_id}/gallery?limit=5`,
    token: (await person()).token,
  }),
  "post /api/events/{id}/gallery": async () => {
    const { event_id, guest } = await answered();
    return {
      path: `/api/events/${event_id}/gallery`,
      token: guest.token,
      headers: { "Content-Type": "image/png" },
      body: await picture(),
    };
  },
  "get /api/gallery/takedowns": async () => {
    const { token } = await person();
    const { id } = await galleryPhoto();
    await call("POST", `/api/gallery/${id}/takedown`, { token });
    return { path: "/api/gallery/takedowns?limit=5", token };
  },
  "post /api/gallery/{id}/takedown": async () => ({
    path: `/api/gallery/${(await galleryPhoto()).id}/takedown`,
    token: (await person()).token,
  }),
  "delete /api/gallery/{id}/takedown": async () => {
    const { token } = await person();
    const { id } = await galleryPhoto();
    await call("POST", `/api/gallery/${id}/takedown`, { token });
    return { path: `/api/gallery/${id}/takedown`, token };
  },
  "get /api/admin/gallery": async () => ({
    path: `/api/admin/gallery?event_id=${await event()}&offered=false&taken_down=false&limit=5`,
    token: (await volunteer("gallery.view")).token,
  }),
  "post /api/admin/events/{id}/gallery": async () => ({
    path: `/api/admin/events/${await event()}/gallery`,
    token: (await volunteer("gallery.upload")).token,
    headers: { "Content-Type": "image/png" },
    body: await picture(),
  }),
  "post /api/admin/events/{id}/gallery/batch": async () => ({
    path: `/api/admin/events/${await event()}/gallery/batch`,
    token: (await volunteer("gallery.upload")).token,
    ...formOf([["file", await picture()]]),
  }),
  "put /api/admin/gallery/{id}": async () => ({
    path: `/api/admin/gallery/${(await galleryPhoto()).id}`,
    token: (await volunteer("gallery.edit")).token,
    body: { caption: "By the lake", visibility: "public", consent: true, position: 3, accepted: true },
  }),
  "post /api/admin/gallery/{id}/rotate": async () => ({
    path: `/api/admin/gallery/${(await galleryPhoto()).id}/rotate`,
    token: (await volunteer("gallery.edit")).token,
    body: { clockwise: 90 },
  }),
  "put /api/admin/events/{id}/gallery/order": async () => {
    const { id, event_id } = await galleryPhoto();
    return {
      path: `/api/admin/events/${event_id}/gallery/order`,
      token: (await volunteer("gallery.edit")).token,
      body: { ids: [id] },
    };
  },
  "delete /api/admin/gallery/{id}": async () => ({
    path: `/api/admin/gallery/${(await galleryPhoto()).id}`,
    token: (await volunteer("gallery.delete")).token,
  }),
  "post /api/admin/events/{id}/cover": async () => ({
    path: `/api/admin/events/${await event()}/cover`,
    token: (await volunteer("events.edit")).token,
    headers: { "Content-Type": "image/png" },
    body: await picture(),
  }),
  "put /api/admin/events/{id}/cover": async () => {
    const { id, event_id } = await galleryPhoto();
    await sql("update event_galleries set consent = true where id = $1", [id]);
    return {
      path: `/api/admin/events/${event_id}/cover`,
      token: (await volunteer("events.edit")).token,
      body: { photo_id: id },
    };
  },
  "delete /api/admin/events/{id}/cover": async () => ({
    path: `/api/admin/events/${await event()}/cover`,
    token: (await volunteer("events.edit")).token,
  }),
  "get /api/newsletters": async () => ({
    path: "/api/newsletters?year=2026&limit=5",
    token: (await person()).token,
  }),
  "get /api/newsletters/{id}": async () => ({
    path: `/api/newsletters/${await newsletter({ published_at: new Date() })}`,
    token: (await person()).token,
  }),
  "get /api/newsletters/read": async () => ({
    path: `/api/newsletters/read?token=${await newsletterToken(await newsletter({ published_at: new Date() }))}`,
  }),
  "get /api/admin/newsletters": async () => ({
    path: "/api/admin/newsletters?send_status=draft&published=false&search=spring&from=2026-01-01&limit=5",
    token: (await volunteer("newsletters.view")).token,
  }),
  "get /api/admin/newsletters/{id}": async () => ({
    path: `/api/admin/newsletters/${await newsletter()}`,
    token: (await volunteer("newsletters.view")).token,
  }),
  "post /api/admin/newsletters": async () => ({
    token: (await volunteer("newsletters.create")).token,
    body: {
      title: "What happened in spring",
      description: "In short",
      document_type: "link",
      document_location: "https://example.org/spring.pdf",
      subject: "A letter",
      body: "Hello",
      shows_events: false,
      recipient_statuses: ["active"],
      recipient_tag: "choir",
      published_at: "2026-04-01",
    },
  }),
  "put /api/admin/newsletters/{id}": async () => ({
    path: `/api/admin/newsletters/${await newsletter()}`,
    token: (await volunteer("newsletters.edit")).token,
    body: { title: "What happened in summer", body: "It was *hot*.", shows_events: true, subject: null },
  }),
  "put /api/admin/newsletters/{id}/file": async () => ({
    path: `/api/admin/newsletters/${await newsletter({ document_type: "upload" })}/file`,
    token: (await volunteer("newsletters.edit")).token,
    headers: { "Content-Type": "application/pdf" },
    body: pdfOf(),
  }),
  "delete /api/admin/newsletters/{id}": async () => ({
    path: `/api/admin/newsletters/${await newsletter()}`,
    token: (await volunteer("newsletters.delete")).token,
  }),
  "get /api/admin/newsletters/{id}/preview": async () => ({
    path: `/api/admin/newsletters/${await newsletter()}/preview`,
    token: (await volunteer("newsletters.view")).token,
  }),
  "get /api/admin/newsletters/{id}/recipients": async () => ({
    path: `/api/admin/newsletters/${await newsletter()}/recipients`,
    token: (await volunteer("newsletters.view")).token,
  }),
  "get /api/admin/newsletters/{id}/left-out": async () => ({
    path: `/api/admin/newsletters/${await newsletter()}/left-out?reason=no_consent&limit=5`,
    token: (await volunteer("users.view")).token,
  }),
  "post /api/admin/newsletters/{id}/test": async () => ({
    path: `/api/admin/newsletters/${await newsletter()}/test`,
    token: (await volunteer("newsletters.edit")).token,
  }),
  "post /api/admin/newsletters/{id}/send": async () => ({
    path: `/api/admin/newsletters/${await taggedNewsletter(await reader())}/send`,
    token: (await volunteer("newsletters.send")).token,
    body: { count: 1 },
  }),
  "post /api/admin/newsletters/{id}/stop": async () => ({
    path: `/api/admin/newsletters/${await newsletter({ send_status: "scheduled", send_at: new Date(Date.now() + 300_000) })}/stop`,
    token: (await volunteer("newsletters.send")).token,
  }),
  "get /api/plans": async () => ({}),
  "get /api/admin/plans": async () => ({
    path: "/api/admin/plans?active=true&archived=false&limit=5",
    token: (await volunteer("subscriptions.plans")).token,
  }),
  "post /api/admin/plans": async () => ({
    token: (await volunteer("subscriptions.plans")).token,
    body: planDetails(),
  }),
  "put /api/admin/plans/{id}": async () => ({
    path: `/api/admin/plans/${await plan({ billing_cycle: "custom" })}`,
    token: (await volunteer("subscriptions.plans")).token,
    body: planDetails(),
  }),
  "delete /api/admin/plans/{id}": async () => ({
    path: `/api/admin/plans/${await plan()}`,
    token: (await volunteer("subscriptions.plans")).token,
  }),
  "get /api/members/subscription": async () => {
    const member = await person();
    await sql(
      "insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents, current_term_start, current_term_end) values ($1, $2, 'active', 'yearly', 6000, now(), now() + interval '1 year')",
      [member.id, await plan()],
    );
    return { token: member.token };
  },
  "get /api/admin/subscriptions/stats": async () => ({
    path: "/api/admin/subscriptions/stats?from=2026-01-01&to=2026-06-30",
    token: (await volunteer("subscriptions.stats")).token,
  }),
  "get /api/admin/subscriptions/export": async () => ({
    path: `/api/admin/subscriptions/export?status=active&user_id=${(await person()).id}&bom=1`,
    token: (await volunteer("subscriptions.export")).token,
  }),
  "get /api/admin/donations/stats": async () => ({
    path: "/api/admin/donations/stats?from=2026-01-01&to=2026-06-30",
    token: (await volunteer("donations.stats")).token,
  }),
  "get /api/admin/donations/export": async () => ({
    path: `/api/admin/donations/export?status=completed&search=${crypto.randomUUID()}`,
    token: (await volunteer("donations.export")).token,
  }),
  "get /api/admin/ledger/export": async () => ({
    path: "/api/admin/ledger/export?from=2026-01-01&to=2026-06-30&kind=donation&payment_method=cash&headers=human&amounts=cents",
    token: (await volunteer("donations.export")).token,
  }),
  "get /api/admin/subscriptions": async () => ({
    path: "/api/admin/subscriptions?status=active&payment_method=cash&search=robin&sort=term_end&limit=5",
    token: (await volunteer("subscriptions.view")).token,
  }),
  "get /api/admin/subscriptions/{id}": async () => ({
    path: `/api/admin/subscriptions/${(await offlineMember()).subscription_id}`,
    token: (await volunteer("subscriptions.view")).token,
  }),
  "post /api/admin/subscriptions": async () => ({
    token: (await volunteer("subscriptions.create")).token,
    body: {
      id: crypto.randomUUID(),
      user_id: (await person("payment_pending")).id,
      plan_id: await plan(),
      payment_method: "cash",
      base_subscription_cents: 5000,
      donation_cents: 1000,
      paid_at: "2026-01-15T12:00:00Z",
      notes: "Paid at the summer party.",
    },
  }),
  "put /api/admin/subscriptions/{id}": async () => ({
    path: `/api/admin/subscriptions/${(await offlineMember()).subscription_id}`,
    token: (await volunteer("subscriptions.edit")).token,
    body: { current_term_end: "2090-01-01T00:00:00Z", notes: "Two terms at once." },
  }),
  "post /api/admin/subscriptions/{id}/cancel": async () => ({
    path: `/api/admin/subscriptions/${(await subscriber()).subscription_id}/cancel`,
    token: (await volunteer("subscriptions.cancel")).token,
    body: { at_period_end: true, reason: "Moves to another town." },
  }),
  "post /api/admin/subscriptions/{id}/refund": async () => ({
    path: `/api/admin/subscriptions/${(await offlineMember()).subscription_id}/refund`,
    token: (await volunteer("subscriptions.cancel")).token,
    body: { id: crypto.randomUUID(), amount_cents: 500 },
  }),
  "post /api/admin/subscriptions/{id}/pause": async () => ({
    path: `/api/admin/subscriptions/${(await subscriber()).subscription_id}/pause`,
    token: (await volunteer("subscriptions.pause")).token,
    body: { resumes_at: inDays(30).toISOString() },
  }),
  "post /api/admin/subscriptions/{id}/resume": async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await sql("update subscriptions set status = 'paused', paused_at = now() where id = $1", [subscription_id]);
    await stripeApi.subscriptions.update(stripe_subscription_id, { pause_collection: { behavior: "void" } });
    return {
      path: `/api/admin/subscriptions/${subscription_id}/resume`,
      token: (await volunteer("subscriptions.pause")).token,
      body: { undo: "pause" },
    };
  },
  "post /api/admin/subscriptions/{id}/sync": async () => ({
    path: `/api/admin/subscriptions/${(await subscriber()).subscription_id}/sync`,
    token: (await volunteer("subscriptions.edit")).token,
  }),
  "post /api/donations/checkout": async () => ({
    body: gift({ message: "For the picnic", anonymous: false, currency: "usd", request_id: crypto.randomUUID() }),
  }),
  "get /api/admin/donations": async () => ({
    path: "/api/admin/donations?donation_type=public&status=completed&search=alex&sort=amount&limit=5",
    token: (await volunteer("donations.view")).token,
  }),
  "get /api/admin/donations/{id}": async () => ({
    path: `/api/admin/donations/${(await offlineDonation()).id}`,
    token: (await volunteer("donations.view")).token,
  }),
  "post /api/admin/donations": async () => {
    const { donor_name: _, ...money } = handedOver({ notes: "At the summer party" });
    return {
      token: (await volunteer("donations.create")).token,
      body: { ...money, donation_type: "member", user_id: (await person()).id },
    };
  },
  "put /api/admin/donations/{id}": async () => ({
    path: `/api/admin/donations/${(await offlineDonation()).id}`,
    token: (await volunteer("donations.edit")).token,
    body: {
      donor_name: "Alex Example",
      donor_email: anyEmail("donor"),
      message: null,
      anonymous: true,
      notes: "Wants no letter",
    },
  }),
  "post /api/admin/donations/{id}/refund": async () => ({
    path: `/api/admin/donations/${(await paidDonation()).donation_id}/refund`,
    token: (await volunteer("donations.refund")).token,
    body: { id: crypto.randomUUID(), amount_cents: 500, reason: "requested_by_customer" },
  }),
  "post /api/admin/donations/{id}/resend-receipt": async () => ({
    path: `/api/admin/donations/${(await offlineDonation({ donor_email: anyEmail("donor") })).id}/resend-receipt`,
    token: (await volunteer("donations.edit")).token,
  }),
  "get /api/admin/users/{id}/donations/statement/{year}": async () => {
    const member = await person();
    await donation(member, { paid_at: "2026-03-01T12:00:00.000Z" });
    return {
      path: `/api/admin/users/${member.id}/donations/statement/2026`,
      token: (await volunteer("donations.view")).token,
    };
  },
  "get /api/admin/donations/statement": async () => {
    const donor_email = anyEmail("donor");
    await offlineDonation({ donor_email });
    return {
      path: `/api/admin/donations/statement?donor_email=${donor_email}&year=2026`,
      token: (await volunteer("donations.view")).token,
    };
  },
  "get /api/members/donations": async () => {
    const member = await person();
    await donation(member);
    await dues(member, { donation_cents: 500 });
    return { path: "/api/members/donations?limit=5", token: member.token };
  },
  "get /api/members/donations/statement/{year}": async () => {
    const member = await person();
    await donation(member, { paid_at: "2026-03-01T12:00:00.000Z" });
    return { path: "/api/members/donations/statement/2026", token: member.token };
  },
  "post /api/checkout/subscription": async () => ({
    token: (await person("payment_pending")).token,
    body: { plan_id: await plan(), donation_cents: 500, base_subscription_cents: 6000 },
  }),
  "get /api/pay/{token}": async () => ({ path: await payLinkOf(await person("payment_pending")) }),
  "post /api/pay/{token}": async () => ({ path: await payLinkOf((await subscriber()).member), body: {} }),
  "post /api/members/billing-portal": async () => ({
    token: (await customer()).token,
  }),
  "get /api/checkout/managed": async () => ({}),
  "get /api/checkout/paid": async () => ({}),
  "get /api/checkout/cancelled": async () => ({}),
  "post /api/webhooks/stripe": paidEvent,
};

/** A note about somebody, and its author. */
async function ownNote(): Promise<Example> {
  const [about, author] = await Promise.all([person(), volunteer("users.edit")]);
  const { id } = await note(about, { author_id: author.id });
  return { path: `/api/admin/users/${about.id}/notes/${id}`, token: author.token };
}

/** The event for a paid checkout, as Stripe would send it. */
async function paidEvent(): Promise<Example> {
  const paid = await paidCheckout();
  return signedEvent(await stripeApi.events.retrieve(eventOf(paid, "checkout.session.completed")));
}

/** The name of a route in {@link examples}. */
export const nameOf = ({ method, path }: Pick<Route, "method" | "path">) => `${method} ${path}`;

/** The example for a route. */
export async function exampleOf(route: Route): Promise<Required<Pick<Example, "path">> & Example> {
  const arrange = examples[nameOf(route)];
  if (!arrange) throw new Error(`test/generated/examples.ts has no example for ${nameOf(route)}`);
  return { path: route.path, ...(await arrange()) };
}

/** Sets up an example and makes the call. */
export async function callExample(route: Route): Promise<Answer<unknown>> {
  const { path, ...options } = await exampleOf(route);
  return call<unknown>(route.method.toUpperCase(), path, options);
}
