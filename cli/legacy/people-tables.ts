import { Email } from "../../src/http/schemas.ts";
import { readPhone } from "../../src/people/phone.ts";
import { invitationstatus } from "../../src/tables/accounts.ts";
import { userrole, userstatus } from "../../src/tables/people.ts";
import { from, needed, type OldTable, type Row, staged } from "./table.ts";
import { day, exact, instant, oneOf, text, uuid, yesOrNo } from "./values.ts";

const SUPERADMIN = { super_admin: "superadmin" };

export const dates = { created_at: from(instant), updated_at: from(instant) };

/** Every row needs both dates. */
export function completeDates(row: Row): void {
  row.created_at ??= row.updated_at ?? new Date().toISOString();
  row.updated_at ??= row.created_at;
}

/** An address as we compare it. One that no mail server takes is kept, in lower case. */
export function canonicalEmail(row: Row, column: string): boolean {
  const address = row[column];
  if (typeof address !== "string") return true;
  const parsed = Email.safeParse(address);
  row[column] = parsed.success ? parsed.data : address.toLowerCase();
  return parsed.success;
}

const users: OldTable = {
  name: "users",
  fields: {
    id: needed(uuid),
    email: from(text),
    password_hash: from(exact, "hashed_password"),
    first_name: from(text),
    last_name: from(text),
    legal_name: from(text),
    pronouns: from(text),
    birthday: from(day, "date_of_birth"),
    address: from(text),
    phone: from(text),
    bio: from(text, "directory_bio"),
    status: needed(oneOf(userstatus.enumValues, { cancelled: "inactive", canceled: "inactive", expired: "inactive" })),
    email_verified: from(yesOrNo, "is_verified"),
    rejection_reason: from(text),
    rejected_at: from(instant),
    rejected_by: from(uuid),
    partner_first_name: from(text),
    partner_last_name: from(text),
    partner_is_member: from(yesOrNo),
    referred_by: from(text, "referred_by_member_name"),
    newsletter_consent_at: from(instant),
    in_directory: from(yesOrNo, "show_in_directory"),
    stripe_customer_id: from(exact),
    joined_at: from(instant, "member_since"),
    ...dates,
    old_role: staged("text", oneOf(userrole.enumValues, SUPERADMIN), "role"),
    old_role_id: staged("uuid", uuid, "role_id"),
    old_photo: staged("text", exact, "profile_photo_url"),
  },
  reads: ["city", "state", "zipcode", "newsletter_subscribed"],
  fills: ["origin", "status_since"],
  leaves: [
    ...["email_verification_token", "email_verification_expires", "verification_token"],
    ...["password_reset_token", "password_reset_expires", "reset_token", "reset_token_expires"],
  ],
  complete(row, old, note) {
    completeDates(row);
    row.joined_at ??= row.created_at ?? null;
    // The old platform does not say. From today on, it would remind people of what is years ago.
    row.status_since = row.updated_at ?? null;
    row.first_name ??= "";
    row.last_name ??= "";
    row.partner_is_member ??= false;
    row.in_directory ??= false;
    row.email_verified ??= false;
    row.old_role ??= "guest";
    const town = [[old.city, old.state].filter(Boolean).join(", "), old.zipcode].filter(Boolean).join(" ");
    row.address = [row.address, town].filter(Boolean).join("\n") || null;
    if (YES_IN_OLD.has(old.newsletter_subscribed ?? "")) row.newsletter_consent_at ??= row.created_at ?? null;
    if (!canonicalEmail(row, "email")) note("the address is not one that mail servers accept; kept as it is");
    completeAccount(row, note);
    if (row.status === "rejected") {
      if (row.rejection_reason === null) note("rejected without a reason; the reason now says so");
      row.rejection_reason ??= "No reason was recorded.";
      row.rejected_at ??= row.updated_at ?? null;
    }
  },
};

const YES_IN_OLD = new Set(["true", "t", "1"]);

/** Only the owner of a mailbox can have an account. Somebody who never confirmed theirs opens the account with an activation link. */
function completeAccount(row: Row, note: Parameters<NonNullable<OldTable["complete"]>>[2]): void {
  if (row.email === null) {
    if (row.email_verified || row.password_hash !== null) note("has no address; cannot sign in");
    row.email_verified = false;
    row.password_hash = null;
  }
  const is_applicant = row.status === "pending_email" || row.status === "rejected";
  row.origin = row.email_verified || is_applicant ? "registration" : "import";
  if (row.origin === "import")
    note("never confirmed the address, but is past that step; comes in as imported and opens the account with a link");
}

/** A number as we write it, if it can be read. */
export async function normalisePhone(row: Row, country: string): Promise<void> {
  if (typeof row.phone !== "string") return;
  row.phone = await readPhone(row.phone, country).catch(() => row.phone ?? null);
}

const user_invitations: OldTable = {
  name: "user_invitations",
  fields: {
    id: needed(uuid),
    email: needed(text),
    status: from(oneOf(invitationstatus.enumValues, { cancelled: "revoked", canceled: "revoked" })),
    role_id: from(uuid),
    invited_by: from(uuid),
    accepted_by: from(uuid),
    message: from(text),
    sent_at: from(instant, "invited_at"),
    expires_at: from(instant),
    ...dates,
    old_role: staged("text", oneOf(userrole.enumValues, SUPERADMIN), "role"),
  },
  leaves: ["token"],
  complete(row, _, note) {
    row.created_at ??= row.sent_at ?? null;
    completeDates(row);
    row.sent_at ??= row.created_at ?? null;
    row.status ??= "pending";
    if (row.expires_at === null) note("has no end; ends now");
    row.expires_at ??= new Date().toISOString();
    if (!canonicalEmail(row, "email")) note("the address is not one that mail servers accept; kept as it is");
  },
};

const roles: OldTable = {
  name: "roles",
  fields: { id: needed(uuid), code: from(text, "name"), name: from(text), description: from(text), ...dates },
  reads: ["is_system_role", "is_system"],
  complete(row) {
    completeDates(row);
    const code = String(row.code ?? "").toLowerCase();
    row.code = code === "super_admin" ? "superadmin" : code;
    row.name ??= row.code;
    row.description ??= "";
  },
};

const permissions: OldTable = {
  name: "permissions",
  fields: { id: needed(uuid), code: from(text, "name") },
  reads: ["module", "description", "name", "created_at", "updated_at"],
};

const role_permissions: OldTable = {
  name: "role_permissions",
  fields: { role_id: needed(uuid), permission_id: needed(uuid), ...dates },
  reads: ["id", "role"],
  complete: completeDates,
};

const user_role_assignments: OldTable = {
  name: "user_role_assignments",
  also_called: ["user_roles"],
  fields: {
    user_id: needed(uuid),
    role_id: needed(uuid),
    assigned_by: from(uuid),
    created_at: from(instant, "assigned_at"),
    updated_at: from(instant),
    by_rule: staged("boolean", yesOrNo),
  },
  reads: ["id"],
  complete: completeDates,
};

export const PEOPLE_TABLES = [
  users,
  roles,
  permissions,
  role_permissions,
  user_role_assignments,
  user_invitations,
] as const;
