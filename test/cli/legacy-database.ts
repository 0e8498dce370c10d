import pg from "pg";

/** As SQLAlchemy makes it: enum types by the names of Python's members, naive timestamps in UTC, nullable columns, dollars as floats. */
const SCHEMA = `
create type userstatus as enum ('PENDING_EMAIL', 'PENDING_VALIDATION', 'PRE_VALIDATED', 'PAYMENT_PENDING', 'ACTIVE', 'REJECTED', 'INACTIVE');
create type userrole as enum ('guest', 'member', 'admin', 'finance', 'superadmin');
create type rsvpstatus as enum ('yes', 'no', 'maybe');
create type subscriptionstatus as enum ('active', 'past_due', 'cancelled', 'expired', 'pending');
create table alembic_version (version_num varchar(32));
create table users (id uuid primary key, email varchar(255) not null unique, password_hash varchar(255), first_name varchar(100), last_name varchar(100),
  phone varchar(40), address varchar(255), city varchar(100), state varchar(50), zipcode varchar(20), date_of_birth timestamp, bio text,
  profile_photo_url varchar(500), status userstatus not null, role userrole, email_verified boolean, email_verification_token varchar(100),
  rejection_reason text, rejected_at timestamp, rejected_by uuid references users(id), partner_first_name varchar(100),
  partner_last_name varchar(100), partner_is_member boolean, newsletter_subscribed boolean, volunteer_interests json,
  created_at timestamp, updated_at timestamp);
create table roles (id uuid primary key, code varchar(50) unique, name varchar(100), description text, is_system_role boolean, created_at timestamp, updated_at timestamp);
create table permissions (id uuid primary key, code varchar(100) unique, name varchar(200), module varchar(50), created_at timestamp);
create table role_permissions (id uuid primary key, role_id uuid references roles(id), permission_id uuid references permissions(id), created_at timestamp);
create table user_role_assignments (id uuid primary key, user_id uuid references users(id), role_id uuid references roles(id), assigned_by uuid, assigned_at timestamp);
create table subscription_plans (id uuid primary key, name varchar(100), description text, price_cents double precision, billing_cycle varchar(20),
  minimum_price_cents integer, suggested_price_cents integer, allow_donation boolean, active boolean, stripe_price_id varchar(100), created_at timestamp, updated_at timestamp);
create table subscriptions (id uuid primary key, user_id uuid references users(id), plan_id uuid references subscription_plans(id),
  stripe_subscription_id varchar(255), stripe_customer_id varchar(255), status subscriptionstatus, start_date timestamp, end_date timestamp,
  base_subscription_cents integer, donation_cents integer, manual_payment boolean, manual_payment_date timestamp, manual_payment_notes text,
  payment_method varchar(50), created_at timestamp, updated_at timestamp);
create table donations (id uuid primary key, user_id uuid references users(id), donation_type varchar(20), status varchar(20), amount double precision,
  donor_email varchar(255), donor_name varchar(255), payment_method varchar(50), stripe_checkout_session_id varchar(255), stripe_payment_intent_id varchar(255),
  notes text, created_at timestamptz, updated_at timestamptz);
create table events (id uuid primary key, title varchar(255), description text, location varchar(255), start_at timestamp, end_at timestamp,
  capacity integer, published boolean, created_by uuid references users(id), calendar_uid varchar(100), created_at timestamp, updated_at timestamp);
create table event_rsvps (id uuid primary key, event_id uuid references events(id), user_id uuid references users(id), rsvp_status rsvpstatus,
  attended boolean, attended_at timestamp, created_at timestamp, updated_at timestamp);
create table event_galleries (id uuid primary key, event_id uuid references events(id), image_url varchar(500), image_key varchar(255),
  caption text, uploaded_by uuid, file_size_bytes integer, created_at timestamp);
create table newsletter_archives (id uuid primary key, title varchar(255), description text, published_date date, document_url varchar(500),
  document_type varchar(50), created_by uuid, created_at timestamp, updated_at timestamp);
create table financial_reports (id uuid primary key, year integer, title varchar(255), document_url varchar(500), document_type varchar(50), created_by uuid, created_at timestamp, updated_at timestamp);
create table bylaws_documents (id uuid primary key, title varchar(255), version varchar(50), effective_date timestamp, document_url varchar(500),
  document_type varchar(50), is_current boolean, created_by uuid, created_at timestamp, updated_at timestamp);
create table storage_usage (id uuid primary key, total_bytes_used bigint, max_bytes_allowed bigint, last_updated timestamp);
create table user_invitations (id uuid primary key, email varchar(255), token varchar(100), role userrole, status varchar(20), invited_by uuid, invited_at timestamp, expires_at timestamp, accepted_by uuid);
create table import_jobs (id uuid primary key, filename varchar(255), file_key varchar(255), total_rows integer, successful_rows integer, failed_rows integer, status varchar(20), imported_by uuid, started_at timestamp);
`;

/** Rows of the old database, and what they need to be told apart. */
export interface OldDatabase {
  sql<Row extends pg.QueryResultRow>(text: string, params?: unknown[]): Promise<Row[]>;
  add(table: string, columns: Record<string, unknown>): Promise<string>;
  /** Somebody of the old platform. */
  person(columns?: Record<string, unknown>): Promise<string>;
  end(): Promise<void>;
}

export const CREATED = "2021-03-04 05:06:07.891234";
export const UPDATED = "2024-02-29 23:59:59.5";

export async function legacyDatabase(database_url: string): Promise<OldDatabase> {
  // Dates are written as they stand here, whatever the zone of this machine.
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  await client.query(SCHEMA);
  const sql = async <Row extends pg.QueryResultRow>(text: string, params: unknown[] = []) =>
    (await client.query<Row>(text, params)).rows;
  const add = async (table: string, columns: Record<string, unknown>) => {
    const row: Record<string, unknown> = { id: crypto.randomUUID(), ...columns };
    const names = Object.keys(row);
    await sql(
      `insert into ${table} (${names}) values (${names.map((_, index) => `$${index + 1}`)})`,
      Object.values(row),
    );
    return String(row.id);
  };
  return {
    sql,
    add,
    person: (columns = {}) =>
      add("users", {
        email: `${crypto.randomUUID()}@example.org`,
        first_name: "Robin",
        last_name: "Old",
        status: "ACTIVE",
        role: "member",
        email_verified: true,
        created_at: CREATED,
        updated_at: UPDATED,
        ...columns,
      }),
    end: () => client.end(),
  };
}
