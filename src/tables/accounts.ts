import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { roles } from "./access.ts";
import { belongsTo, id, instant, timestamps } from "./columns.ts";
import { vouchings } from "./members.ts";
import { users } from "./people.ts";

/** A sign-in on one device. Its refresh token is derived from `id` and `generation`; nothing usable is stored. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    user_id: belongsTo(() => users.id, "cascade"),
    generation: integer().notNull().default(1),
    rotated_at: instant().notNull().default(sql`now()`),
    last_used_at: instant().notNull().default(sql`now()`),
    /** It also ends after 7 days without use. */
    expires_at: instant().notNull(),
    /** When the person last gave their password or second factor on this device. Sensitive actions require that recently. */
    authenticated_at: instant().notNull().default(sql`now()`),
    /** When the person gave their second factor, if they have one. */
    second_factor_at: instant(),
    revoked_at: instant(),
    revoked_reason: text({
      enum: [
        "logout",
        "token_reuse",
        "password_changed",
        "password_reset",
        "second_factor_changed",
        "handed_over",
        "erased",
      ],
    }),
    user_agent: text(),
    /** The network it started from, as a keyed hash: we can compare it, but not read it. */
    network: text(),
    ...timestamps,
  },
  (t) => [
    index("sessions_user").on(t.user_id, t.last_used_at),
    index("sessions_user_newest").on(t.user_id, t.created_at, t.id),
    index("sessions_expiry").on(t.expires_at),
    check("sessions_revocation_explained", sql`(${t.revoked_at} is null) = (${t.revoked_reason} is null)`),
  ],
);

export const invitationstatus = pgEnum("invitationstatus", ["pending", "accepted", "expired", "revoked"]);

export const user_invitations = pgTable(
  "user_invitations",
  {
    id: id(),
    email: text().notNull(),
    status: invitationstatus().notNull().default("pending"),
    role_id: uuid().references(() => roles.id, { onDelete: "set null" }),
    invited_by: uuid().references(() => users.id, { onDelete: "set null" }),
    accepted_by: uuid().references(() => users.id, { onDelete: "set null" }),
    /** What the inviter wants to say. */
    message: text(),
    /** When its mail was last written. */
    sent_at: instant().notNull().default(sql`now()`),
    expires_at: instant().notNull(),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("user_invitations_one_pending").on(t.email).where(sql`${t.status} = 'pending'`),
    index("user_invitations_newest").on(t.created_at, t.id),
    index("user_invitations_role").on(t.role_id).where(sql`${t.role_id} is not null`),
    index("user_invitations_invited_by").on(t.invited_by).where(sql`${t.invited_by} is not null`),
    index("user_invitations_accepted_by").on(t.accepted_by).where(sql`${t.accepted_by} is not null`),
    index("user_invitations_status_newest").on(t.status, t.created_at, t.id),
    check("user_invitations_email_lower_case", sql`${t.email} = lower(${t.email})`),
  ],
);

/** A link in a mail. The link carries the id and its HMAC; the row holds no secret. */
export const account_tokens = pgTable(
  "account_tokens",
  {
    id: id(),
    /** Whose mailbox the link goes to. Null for an invitation, which goes to an address. */
    user_id: uuid().references(() => users.id, { onDelete: "cascade" }),
    purpose: text({
      enum: ["verify_email", "reset_password", "change_email", "activate", "accept_invitation", "vouch"],
    }).notNull(),
    /** What `accept_invitation` accepts, and what `vouch` answers. */
    invitation_id: uuid().references(() => user_invitations.id, { onDelete: "cascade" }),
    vouching_id: uuid().references(() => vouchings.id, { onDelete: "cascade" }),
    /** The address that `change_email` confirms. */
    new_email: text(),
    /** The volunteer who asked for `change_email`. Null: the person themselves. */
    requested_by: uuid().references(() => users.id, { onDelete: "cascade" }),
    expires_at: instant().notNull(),
    used_at: instant(),
    /** The networks it was requested and used from, as keyed hashes. */
    requested_network: text(),
    used_network: text(),
    ...timestamps,
  },
  (t) => [
    index("account_tokens_user").on(t.user_id, t.purpose),
    index("account_tokens_expiry").on(t.expires_at),
    index("account_tokens_invitation").on(t.invitation_id).where(sql`${t.invitation_id} is not null`),
    index("account_tokens_vouching").on(t.vouching_id).where(sql`${t.vouching_id} is not null`),
    index("account_tokens_requested_by").on(t.requested_by).where(sql`${t.requested_by} is not null`),
    check("account_tokens_subject", sql`num_nonnulls(${t.user_id}, ${t.invitation_id}) = 1`),
  ],
);

/**
 * Every attempt to sign in or reauthenticate, for unknown addresses too. The row comes before the password is checked, so
 * that simultaneous attempts count each other.
 */
export const login_attempts = pgTable(
  "login_attempts",
  {
    id: id(),
    email: text().notNull(),
    /** The owner of the address, no matter who tried. */
    user_id: uuid().references(() => users.id, { onDelete: "cascade" }),
    purpose: text({ enum: ["sign_in", "reauthentication"] })
      .notNull()
      .default("sign_in"),
    /** Null while the password is checked, or while the second factor is missing. */
    succeeded: boolean(),
    /** Wrong second-factor codes after the right password. */
    wrong_codes: integer().notNull().default(0),
    /** Besides the address, failures count by this: a network (a keyed hash), a session or a reset link. */
    source: text(),
    user_agent: text(),
    ...timestamps,
  },
  (t) => [
    index("login_attempts_email").on(t.email, t.created_at),
    index("login_attempts_user_newest").on(t.user_id, t.created_at, t.id),
    index("login_attempts_age").on(t.created_at),
  ],
);

/** A TOTP secret, encrypted; it counts once `confirmed_at` is set. */
export const second_factors = pgTable(
  "second_factors",
  {
    id: id(),
    user_id: belongsTo(() => users.id, "cascade"),
    secret_encrypted: text().notNull(),
    confirmed_at: instant(),
    last_used_step: integer(),
    ...timestamps,
  },
  (t) => [uniqueIndex("second_factors_user").on(t.user_id)],
);

export const recovery_codes = pgTable(
  "recovery_codes",
  {
    id: id(),
    user_id: belongsTo(() => users.id, "cascade"),
    code_hash: text().notNull(),
    used_at: instant(),
    ...timestamps,
  },
  (t) => [uniqueIndex("recovery_codes_code").on(t.user_id, t.code_hash)],
);
