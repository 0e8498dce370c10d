/**
 * What of the database is about people, and what `npm run anonymise` puts in its place. A test holds it complete: every column of
 * text, dates of life or JSON is here, or in HARMLESS_COLUMNS. A new column fails the test until somebody decides.
 */

/** A number below `limit` that is always the same for an id. */
const number = (id: string, salt: string, limit: number) =>
  `(abs(hashtext(${id}::text || '${salt}')::bigint) % ${limit})`;

const pick = (id: string, salt: string, words: string[]) =>
  `(array[${words.map((word) => `'${word}'`)}])[1 + ${number(id, salt, words.length)}]`;

const FIRST = [
  "Alex",
  "Ari",
  "Blake",
  "Casey",
  "Dana",
  "Eden",
  "Frankie",
  "Gray",
  "Harper",
  "Indigo",
  "Jamie",
  "Kai",
  "Lee",
  "Max",
  "Noa",
  "Onyx",
];
const LAST = [
  "Adler",
  "Brook",
  "Carver",
  "Dale",
  "Ember",
  "Field",
  "Grove",
  "Hill",
  "Iris",
  "Jones",
  "Knoll",
  "Lane",
  "Marsh",
  "North",
  "Oakes",
  "Park",
];

const first = (id: string, salt = "") => pick(id, `first${salt}`, FIRST);
const last = (id: string, salt = "") => pick(id, `last${salt}`, LAST);
const name = (id: string, salt = "") => `${first(id, salt)} || ' ' || ${last(id, salt)}`;
const short = (id: string) => `replace(${id}::text, '-', '')`;
const email = (id: string) => `'person-' || ${short(id)} || '@example.com'`;
const stripe = (prefix: string, of: string) => `'${prefix}_anon' || md5(${of}::text)`;

/** Tables of which nothing is left: sign-ins, mail, logs and files. Staging makes its own. */
export const EMPTIED_TABLES = [
  ...["sessions", "account_tokens", "login_attempts", "second_factors", "recovery_codes"],
  ...["emails", "email_batches", "mail_events", "mail_suppressions", "reminders"],
  ...["audit_log", "job_runs", "job_states", "stripe_events", "import_rows"],
  ...["event_galleries", "photo_takedowns", "stored_files"],
];

/** What each personal column becomes, as SQL. Empty ones stay empty. */
export const MADE_UP: Record<string, Record<string, string>> = {
  users: {
    email: email("id"),
    password_hash: "null",
    first_name: first("id"),
    last_name: last("id"),
    legal_name: name("id", "legal"),
    pronouns: pick("id", "pronouns", ["they/them", "she/her", "he/him"]),
    birthday: `date '1940-01-01' + ${number("id", "birthday", 23_000)}::integer`,
    address: `1 + ${number("id", "address", 999)} || E' Example Street\\nNew York, NY 10001'`,
    phone: `'+1212555' || lpad(${number("id", "phone", 10_000)}::text, 4, '0')`,
    bio: "'Made up for a test.'",
    external_id: `'ext-' || ${short("id")}`,
    rejection_reason: "'Made up for a test.'",
    partner_first_name: first("id", "partner"),
    partner_last_name: last("id", "partner"),
    referred_by: name("id", "referred"),
    stripe_customer_id: stripe("cus", "id"),
  },
  user_invitations: { email: `'invited-' || ${short("id")} || '@example.com'`, message: "'Made up for a test.'" },
  user_notes: { body: "'Made up for a test.'" },
  // Equal tags stay equal.
  user_tags: {
    tag: "(select 'tag ' || place from (select t.tag as word, dense_rank() over (order by t.tag) as place from user_tags t) words where word = tag limit 1)",
  },
  donations: {
    donor_name: name("id", "donor"),
    donor_email: `'donor-' || ${short("id")} || '@example.com'`,
    message: "'Made up for a test.'",
    notes: "'Made up for a test.'",
    stripe_checkout_session_id: stripe("cs", "id"),
    stripe_payment_intent_id: stripe("pi", "id"),
  },
  // A payment of a donation keeps the donation's payment intent.
  payments: {
    stripe_invoice_id: stripe("in", "id"),
    stripe_payment_intent_id: stripe("pi", "coalesce(donation_id, id)"),
  },
  reversals: { stripe_id: stripe("re", "id"), reason: "'Made up for a test.'" },
  stripe_fees: { id: stripe("txn", "id") },
  subscriptions: {
    stripe_subscription_id: stripe("sub", "id"),
    stripe_checkout_session_id: stripe("cs", "id"),
    cancel_reason: "'Made up for a test.'",
    card_brand: "'visa'",
    card_last4: "'4242'",
    notes: "'Made up for a test.'",
  },
  // People invite to their homes, and write of each other.
  events: {
    description: "'Made up for a test.'",
    location: `'Place ' || ${number("id", "place", 100)}`,
    online_url: `'https://example.com/meet/' || ${short("id")}`,
    contact_email: "'events@example.com'",
  },
  mail_pace: { unsubscribe_key: "replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')" },
  event_rsvps: { check_in_code: "upper(left(md5(event_id::text || user_id::text), 8))" },
  event_answers: { answer: "'Made up for a test.'" },
  door_links: { label: `'Helper ' || ${number("id", "helper", 100)}` },
  newsletter_archives: {
    description: "'Made up for a test.'",
    document_location: `'https://example.com/' || ${short("id")}`,
    subject: "'Made up for a test'",
    body: "'Made up for a test.'",
    events: "'[]'::jsonb",
    recipients: "'{}'::jsonb",
  },
  financial_reports: { document_location: `'https://example.com/' || ${short("id")}` },
  bylaws_documents: { document_location: `'https://example.com/' || ${short("id")}` },
  import_jobs: { file_name: "'people.csv'", columns: "'[]'::jsonb", failure: "'Made up for a test.'" },
  organisation_settings: {
    postal_address: "E'1 Example Street\\nNew York, NY 10001'",
    contact_email: "'hello@example.com'",
    tax_id: "'00-0000000'",
    membership_email: "'members@example.com'",
    events_email: "'events@example.com'",
    newsletter_email: "'news@example.com'",
  },
};

/** What the organization publishes or chose, and words that the code knows. */
export const HARMLESS_COLUMNS: Record<string, string[]> = {
  users: [
    ...["origin", "language", "time_zone", "name_on_documents", "photo_preference", "email_audience", "phone_audience"],
    ...["address_audience", "birthday_audience", "partner_audience", "bio_audience", "photo_audience"],
    // Made of the name and address.
    "search_text",
  ],
  roles: ["code", "name", "description"],
  permissions: ["code", "module", "description"],
  vouchings: ["answer"],
  subscription_plans: ["name", "description"],
  reversals: ["kind", "status", "volunteers_notified_of"],
  events: ["title", "place_audience", "tags", "time_zone", "welcome_statuses"],
  event_series: ["rrule", "time_zone"],
  event_questions: ["question", "purpose", "kind", "choices"],
  newsletter_archives: ["title", "send_status"],
  newsletter_recipients: ["outcome"],
  financial_reports: ["title"],
  bylaws_documents: ["title", "version", "effective_on", "kind"],
  import_jobs: ["separator"],
  email_templates: ["key", "subject", "texts"],
  mail_pace: ["day"],
  organisation_settings: [
    ...["name", "primary_colour", "accent_colour", "statement_descriptor_suffix", "time_zone", "country"],
    ...["acknowledgement", "sensitive_words", "event_reminder_hours", "payment_reminder_days"],
    ...["renewal_reminder_days", "past_due_reminder_days"],
  ],
};
