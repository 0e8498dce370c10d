-- drops: organisation_settings.logo_url, stored_files.taken_at, import_jobs.file_id
CREATE TABLE "document_acceptances" (
	"user_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"accepted_at" timestamptz(3) DEFAULT now() NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "document_acceptances_user_id_document_id_pk" PRIMARY KEY("user_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "newsletter_recipients" (
	"newsletter_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"queued_at" timestamptz(3),
	"unsubscribed_at" timestamptz(3),
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "newsletter_recipients_newsletter_id_user_id_pk" PRIMARY KEY("newsletter_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "job_states" (
	"job" text PRIMARY KEY NOT NULL,
	"cursor" jsonb,
	"last_succeeded_at" timestamptz(3),
	"alerted_at" timestamptz(3),
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "email_batches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "email_templates" (
	"key" text PRIMARY KEY NOT NULL,
	"subject" text,
	"texts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_events" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"email_id" uuid,
	"address_hash" text NOT NULL,
	"occurred_at" timestamptz(3) NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "mail_events_kind" CHECK ("mail_events"."kind" in ('delivered', 'soft_bounce', 'hard_bounce', 'complained', 'confirmed'))
);
--> statement-breakpoint
CREATE TABLE "mail_pace" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"day" date DEFAULT (now() at time zone 'UTC')::date NOT NULL,
	"sent_today" integer DEFAULT 0 NOT NULL,
	"next_slot_at" timestamptz(3) DEFAULT now() NOT NULL,
	"next_look_at" timestamptz(3),
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "mail_pace_singleton" CHECK ("mail_pace"."singleton"),
	CONSTRAINT "mail_pace_sent" CHECK ("mail_pace"."sent_today" >= 0)
);
--> statement-breakpoint
CREATE TABLE "mail_suppressions" (
	"address_hash" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "mail_suppressions_reason" CHECK ("mail_suppressions"."reason" in ('hard_bounce', 'soft_bounces', 'complaint'))
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"user_id" uuid,
	"due_at" timestamptz(3) NOT NULL,
	"decided_at" timestamptz(3) DEFAULT now() NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"email_id" uuid,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "reminders_once" UNIQUE NULLS NOT DISTINCT("kind","subject_id","user_id","due_at"),
	CONSTRAINT "reminders_outcome" CHECK ("reminders"."outcome" in ('sent', 'moot', 'suppressed', 'opted_out', 'too_late'))
);
--> statement-breakpoint
ALTER TABLE "stored_files" DROP CONSTRAINT "stored_files_kind_known";--> statement-breakpoint
ALTER TABLE "emails" DROP CONSTRAINT "emails_status";--> statement-breakpoint
ALTER TABLE "import_jobs" DROP CONSTRAINT "import_jobs_file_id_stored_files_id_fk";
--> statement-breakpoint
DROP INDEX "bylaws_documents_one_current";--> statement-breakpoint
DROP INDEX "emails_due";--> statement-breakpoint
ALTER TABLE "bylaws_documents" ALTER COLUMN "document_location" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "financial_reports" ALTER COLUMN "document_location" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ALTER COLUMN "document_type" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ALTER COLUMN "document_location" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bylaws_documents" ADD COLUMN "kind" text DEFAULT 'bylaws' NOT NULL;--> statement-breakpoint
ALTER TABLE "bylaws_documents" ADD COLUMN "asks_again" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bylaws_documents" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "financial_reports" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "subject" text;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "body" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "shows_events" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "events" jsonb;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "recipients" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "send_status" text DEFAULT 'draft' NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "send_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "sent_by" uuid;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "stopped_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "lane" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "newsletter_id" uuid;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "feedback" text;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "feedback_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "logo_id" uuid;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "logo_dark_id" uuid;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "membership_email" text;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "events_email" text;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "newsletter_email" text;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "mails_per_second" integer DEFAULT 4 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "mails_per_day" integer;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "discreet_mails" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "sensitive_words" text[] DEFAULT '{lgbt,lgbtq,lgbtqia,gay,lesbian,bisexual,trans,transgender,queer,pride,nonbinary}' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "event_reminder_hours" integer[] DEFAULT '{48,3}' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "payment_reminder_days" integer[] DEFAULT '{3,7,14,30}' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "renewal_reminder_days" integer[] DEFAULT '{60,30,14,7,0}' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "past_due_reminder_days" integer[] DEFAULT '{0,3,7,13}' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "keep_mails_days" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "keep_sign_ins_days" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "keep_answers_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "status_since" timestamptz(3) DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "wants_event_news" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "wants_reminders" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erase_wished" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "document_acceptances" ADD CONSTRAINT "document_acceptances_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_acceptances" ADD CONSTRAINT "document_acceptances_document_id_bylaws_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."bylaws_documents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "newsletter_recipients" ADD CONSTRAINT "newsletter_recipients_newsletter_id_newsletter_archives_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletter_archives"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "newsletter_recipients" ADD CONSTRAINT "newsletter_recipients_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_events" ADD CONSTRAINT "mail_events_email_id_emails_id_fk" FOREIGN KEY ("email_id") REFERENCES "public"."emails"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_email_id_emails_id_fk" FOREIGN KEY ("email_id") REFERENCES "public"."emails"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_acceptances_document" ON "document_acceptances" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "newsletter_recipients_user" ON "newsletter_recipients" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "newsletter_recipients_waiting" ON "newsletter_recipients" USING btree ("newsletter_id","user_id") WHERE "newsletter_recipients"."queued_at" is null;--> statement-breakpoint
CREATE INDEX "email_batches_created" ON "email_batches" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "mail_events_email" ON "mail_events" USING btree ("email_id") WHERE "mail_events"."email_id" is not null;--> statement-breakpoint
CREATE INDEX "mail_events_address" ON "mail_events" USING btree ("address_hash");--> statement-breakpoint
CREATE INDEX "mail_events_received" ON "mail_events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "reminders_user" ON "reminders" USING btree ("user_id","decided_at","id");--> statement-breakpoint
CREATE INDEX "reminders_newest" ON "reminders" USING btree ("decided_at","id");--> statement-breakpoint
CREATE INDEX "reminders_email" ON "reminders" USING btree ("email_id") WHERE "reminders"."email_id" is not null;--> statement-breakpoint
ALTER TABLE "bylaws_documents" ADD CONSTRAINT "bylaws_documents_file_id_stored_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."stored_files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "financial_reports" ADD CONSTRAINT "financial_reports_file_id_stored_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."stored_files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD CONSTRAINT "newsletter_archives_sent_by_users_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD CONSTRAINT "newsletter_archives_file_id_stored_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."stored_files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_newsletter_id_newsletter_archives_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletter_archives"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_batch_id_email_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."email_batches"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD CONSTRAINT "organisation_settings_logo_id_stored_files_id_fk" FOREIGN KEY ("logo_id") REFERENCES "public"."stored_files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD CONSTRAINT "organisation_settings_logo_dark_id_stored_files_id_fk" FOREIGN KEY ("logo_dark_id") REFERENCES "public"."stored_files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bylaws_documents_version" ON "bylaws_documents" USING btree ("kind","version");--> statement-breakpoint
CREATE INDEX "bylaws_documents_file" ON "bylaws_documents" USING btree ("file_id") WHERE "bylaws_documents"."file_id" is not null;--> statement-breakpoint
CREATE INDEX "bylaws_documents_created_by" ON "bylaws_documents" USING btree ("created_by") WHERE "bylaws_documents"."created_by" is not null;--> statement-breakpoint
CREATE INDEX "financial_reports_file" ON "financial_reports" USING btree ("file_id") WHERE "financial_reports"."file_id" is not null;--> statement-breakpoint
CREATE INDEX "financial_reports_created_by" ON "financial_reports" USING btree ("created_by") WHERE "financial_reports"."created_by" is not null;--> statement-breakpoint
CREATE INDEX "newsletter_archives_newest" ON "newsletter_archives" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "newsletter_archives_sending" ON "newsletter_archives" USING btree ("send_at") WHERE "newsletter_archives"."send_status" in ('scheduled', 'sending');--> statement-breakpoint
CREATE INDEX "newsletter_archives_file" ON "newsletter_archives" USING btree ("file_id") WHERE "newsletter_archives"."file_id" is not null;--> statement-breakpoint
CREATE INDEX "newsletter_archives_created_by" ON "newsletter_archives" USING btree ("created_by") WHERE "newsletter_archives"."created_by" is not null;--> statement-breakpoint
CREATE INDEX "newsletter_archives_sent_by" ON "newsletter_archives" USING btree ("sent_by") WHERE "newsletter_archives"."sent_by" is not null;--> statement-breakpoint
CREATE INDEX "emails_tried" ON "emails" USING btree ("next_attempt_at","queue_number") WHERE "emails"."status" = 'pending' and ("emails"."attempts" > 0 or "emails"."batch_id" is not null);--> statement-breakpoint
CREATE INDEX "emails_newest" ON "emails" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "emails_address" ON "emails" USING btree ("to_email");--> statement-breakpoint
CREATE INDEX "emails_newsletter" ON "emails" USING btree ("newsletter_id","status") WHERE "emails"."newsletter_id" is not null;--> statement-breakpoint
CREATE INDEX "emails_batch" ON "emails" USING btree ("batch_id") WHERE "emails"."batch_id" is not null;--> statement-breakpoint
CREATE INDEX "emails_provider_message" ON "emails" USING btree ("provider_message_id") WHERE "emails"."provider_message_id" is not null;--> statement-breakpoint
CREATE INDEX "organisation_settings_logo" ON "organisation_settings" USING btree ("logo_id") WHERE "organisation_settings"."logo_id" is not null;--> statement-breakpoint
CREATE INDEX "organisation_settings_logo_dark" ON "organisation_settings" USING btree ("logo_dark_id") WHERE "organisation_settings"."logo_dark_id" is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_checkout_session" ON "subscriptions" USING btree ("stripe_checkout_session_id") WHERE "subscriptions"."stripe_checkout_session_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "bylaws_documents_one_current" ON "bylaws_documents" USING btree ("kind") WHERE "bylaws_documents"."current";--> statement-breakpoint
CREATE INDEX "emails_due" ON "emails" USING btree ("lane","next_attempt_at","queue_number") WHERE "emails"."status" = 'pending';--> statement-breakpoint
ALTER TABLE "stored_files" DROP COLUMN "taken_at";--> statement-breakpoint
ALTER TABLE "import_jobs" DROP COLUMN "file_id";--> statement-breakpoint
ALTER TABLE "organisation_settings" DROP COLUMN "logo_url";--> statement-breakpoint
ALTER TABLE "bylaws_documents" ADD CONSTRAINT "bylaws_documents_kind" CHECK ("bylaws_documents"."kind" in ('bylaws', 'privacy_notice', 'code_of_conduct'));--> statement-breakpoint
ALTER TABLE "bylaws_documents" ADD CONSTRAINT "bylaws_documents_current_published" CHECK (not "bylaws_documents"."current" or "bylaws_documents"."published_at" is not null);--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD CONSTRAINT "newsletter_archives_send_status" CHECK ("newsletter_archives"."send_status" in ('draft', 'scheduled', 'sending', 'stopped', 'sent'));--> statement-breakpoint
ALTER TABLE "newsletter_archives" ADD CONSTRAINT "newsletter_archives_send_at" CHECK (("newsletter_archives"."send_status" = 'draft') or ("newsletter_archives"."send_at" is not null));--> statement-breakpoint
ALTER TABLE "stored_files" ADD CONSTRAINT "stored_files_kind_known" CHECK ("stored_files"."kind" in ('profile_photo', 'event_photo', 'event_cover', 'logo', 'document'));--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_lane" CHECK ("emails"."lane" in (0, 1, 2));--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_feedback" CHECK ("emails"."feedback" in ('delivered', 'bounced', 'complained') and ("emails"."feedback" is null) = ("emails"."feedback_at" is null));--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_status" CHECK ("emails"."status" in ('pending', 'sent', 'failed', 'withheld'));--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD CONSTRAINT "organisation_settings_pace" CHECK ("organisation_settings"."mails_per_second" between 1 and 1000 and "organisation_settings"."mails_per_day" >= 10);--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD CONSTRAINT "organisation_settings_keep" CHECK ("organisation_settings"."keep_mails_days" between 30 and 3650 and "organisation_settings"."keep_sign_ins_days" between 30 and 3650 and "organisation_settings"."keep_answers_days" between 1 and 365);--> statement-breakpoint
INSERT INTO mail_pace DEFAULT VALUES;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['document_acceptances', 'newsletter_recipients', 'job_states', 'email_batches', 'email_templates', 'mail_events', 'mail_pace', 'mail_suppressions', 'reminders'] LOOP
    EXECUTE format('CREATE TRIGGER touch_updated_at BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION touch_updated_at()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['newsletter_archives', 'financial_reports', 'bylaws_documents'] LOOP
    EXECUTE format('CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit(''id'', '''', '''')', t);
    EXECUTE format('CREATE TRIGGER release_file AFTER UPDATE OF file_id OR DELETE ON %I FOR EACH ROW WHEN (OLD.file_id IS NOT NULL) EXECUTE FUNCTION release_file(''file_id'')', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON email_templates FOR EACH ROW EXECUTE FUNCTION audit('key', '', '');
--> statement-breakpoint
CREATE TRIGGER release_logo AFTER UPDATE OF logo_id ON organisation_settings
FOR EACH ROW WHEN (OLD.logo_id IS NOT NULL) EXECUTE FUNCTION release_file('logo_id');
--> statement-breakpoint
CREATE TRIGGER release_logo_dark AFTER UPDATE OF logo_dark_id ON organisation_settings
FOR EACH ROW WHEN (OLD.logo_dark_id IS NOT NULL) EXECUTE FUNCTION release_file('logo_dark_id');
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON document_acceptances, newsletter_recipients, job_states, email_batches, email_templates, mail_events, mail_suppressions, reminders TO loaf_app;
--> statement-breakpoint
GRANT SELECT, UPDATE ON mail_pace TO loaf_app;
--> statement-breakpoint
GRANT INSERT, UPDATE, DELETE ON newsletter_archives, financial_reports, bylaws_documents TO loaf_app;
--> statement-breakpoint
-- The person's own wish has its own column now.
UPDATE "users" SET "erase_wished" = true, "erase_requested_by" = null WHERE "erase_requested_by" = "id";
--> statement-breakpoint
-- For people who are here already, the wait begins now: nobody is reminded of what was long ago.
CREATE FUNCTION keep_status_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.status_since := now();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_status_since BEFORE UPDATE OF status ON users
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION keep_status_since();
--> statement-breakpoint
-- It follows from the status, which the log has.
DROP TRIGGER audit ON users;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW
EXECUTE FUNCTION audit('id', '', 'status_since,search_text,legal_name,name_on_documents,pronouns,birthday,photo_id,photo_preference,in_directory,email_audience,phone_audience,address_audience,birthday_audience,partner_audience,bio_audience,photo_audience', 'id,status,role,email_verified,rejected_at,rejected_by,origin,taken_on_by,taken_on_at,erase_at,erase_requested_by,erased_at');
--> statement-breakpoint
-- Whoever no longer wants newsletters left after the last one that they were sent, by its link or otherwise.
CREATE FUNCTION note_unsubscribed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE newsletter_recipients SET unsubscribed_at = now()
  WHERE user_id = NEW.id AND newsletter_id = (
    SELECT newsletter_id FROM newsletter_recipients
    WHERE user_id = NEW.id AND queued_at IS NOT NULL
    ORDER BY queued_at DESC, newsletter_id LIMIT 1);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER note_unsubscribed AFTER UPDATE OF newsletter_consent_at ON users FOR EACH ROW
WHEN (OLD.newsletter_consent_at IS NOT NULL AND NEW.newsletter_consent_at IS NULL AND NEW.erased_at IS NULL)
EXECUTE FUNCTION note_unsubscribed();
