import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "../database/columns.ts";
import { users } from "../members/tables.ts";

/** A sign-in on one device. Its refresh token is derived from `id` and `generation`; nothing usable is stored. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    user_id: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    generation: integer().notNull().default(1),
    rotated_at: instant().notNull().default(sql`now()`),
    last_used_at: instant().notNull().default(sql`now()`),
    /** It also ends when it was not used for 7 days. */
    expires_at: instant().notNull(),
    /** When the person last gave their password or second factor on this device; sensitive actions want it fresh. */
    authenticated_at: instant().notNull().default(sql`now()`),
    /** When the second factor was given, where there is one. */
    second_factor_at: instant(),
    revoked_at: instant(),
    revoked_reason: text({
      enum: ["logout", "token_reuse", "password_changed", "password_reset", "second_factor_changed"],
    }),
    user_agent: text(),
    /** The network it was started from, as a keyed hash: it can be compared, not read. */
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

/** What a link in a mail stands for. The link carries the id and its HMAC; the row holds no secret. */
export const account_tokens = pgTable(
  "account_tokens",
  {
    id: id(),
    user_id: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text({ enum: ["verify_email", "reset_password", "change_email"] }).notNull(),
    /** The address that `change_email` is to confirm. */
    new_email: text(),
    expires_at: instant().notNull(),
    used_at: instant(),
    /** Who asked for it, and who used it: networks as keyed hashes. */
    requested_network: text(),
    used_network: text(),
    ...timestamps,
  },
  (t) => [index("account_tokens_user").on(t.user_id, t.purpose), index("account_tokens_expiry").on(t.expires_at)],
);

/**
 * Every attempt to prove who one is, for unknown addresses too: written before the password is looked at, so that
 * attempts at the same time count each other.
 */
export const login_attempts = pgTable(
  "login_attempts",
  {
    id: id(),
    email: text().notNull(),
    /** The owner of the address, whoever tried. */
    user_id: uuid().references(() => users.id, { onDelete: "cascade" }),
    purpose: text({ enum: ["sign_in", "reauthentication"] })
      .notNull()
      .default("sign_in"),
    /** Null until it is known: while the password is checked, or as long as the second factor is missing. */
    succeeded: boolean(),
    /** Wrong codes of the second factor, given after the right password. */
    wrong_codes: integer().notNull().default(0),
    /** What failures are counted by beside the address: a network (a keyed hash), a session or a reset link. */
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
    user_id: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
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
    user_id: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    code_hash: text().notNull(),
    used_at: instant(),
    ...timestamps,
  },
  (t) => [uniqueIndex("recovery_codes_code").on(t.user_id, t.code_hash)],
);
