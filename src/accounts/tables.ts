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
    expires_at: instant().notNull(),
    revoked_at: instant(),
    revoked_reason: text({ enum: ["logout", "token_reuse"] }),
    user_agent: text(),
    ...timestamps,
  },
  (t) => [
    index("sessions_user").on(t.user_id, t.last_used_at),
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
    purpose: text({ enum: ["verify_email"] }).notNull(),
    expires_at: instant().notNull(),
    used_at: instant(),
    ...timestamps,
  },
  (t) => [index("account_tokens_user").on(t.user_id, t.purpose), index("account_tokens_expiry").on(t.expires_at)],
);

/** Every attempt to sign in, for unknown addresses too. */
export const login_attempts = pgTable(
  "login_attempts",
  {
    id: id(),
    email: text().notNull(),
    user_id: uuid().references(() => users.id, { onDelete: "cascade" }),
    succeeded: boolean().notNull(),
    ...timestamps,
  },
  (t) => [
    index("login_attempts_email").on(t.email, t.created_at),
    index("login_attempts_user").on(t.user_id, t.created_at),
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
