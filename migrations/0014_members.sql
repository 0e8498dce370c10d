-- drops: users.profile_photo_url, import_jobs.file_key, import_jobs.problems
-- Finds text by any part of it, with an index.
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
--> statement-breakpoint
CREATE TABLE "stored_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"status" text DEFAULT 'uploading' NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"width" integer,
	"height" integer,
	"sha256" text,
	"taken_at" timestamptz(3),
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "stored_files_key_unique" UNIQUE("key"),
	CONSTRAINT "stored_files_kind_known" CHECK ("stored_files"."kind" in ('profile_photo', 'event_photo', 'event_cover', 'logo', 'document', 'import')),
	CONSTRAINT "stored_files_status" CHECK ("stored_files"."status" in ('uploading', 'stored', 'deleted')),
	CONSTRAINT "stored_files_size" CHECK ("stored_files"."size_bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"job_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"outcome" text,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"user_id" uuid,
	"before" jsonb,
	"applied_at" timestamptz(3),
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "import_rows_job_id_row_pk" PRIMARY KEY("job_id","row"),
	CONSTRAINT "import_rows_outcome" CHECK ("import_rows"."outcome" in ('create', 'update', 'unchanged', 'problem'))
);
--> statement-breakpoint
CREATE TABLE "stripe_fees" (
	"id" text PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"reversal_id" uuid,
	"fee_cents" integer NOT NULL,
	"occurred_at" timestamptz(3) NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"author_id" uuid,
	"body" text NOT NULL,
	"sensitive" boolean DEFAULT false NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_tags" (
	"user_id" uuid NOT NULL,
	"tag" text NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "user_tags_user_id_tag_pk" PRIMARY KEY("user_id","tag"),
	CONSTRAINT "user_tags_tag_plain" CHECK ("user_tags"."tag" = lower(trim("user_tags"."tag")) and "user_tags"."tag" <> '')
);
--> statement-breakpoint
CREATE TABLE "vouchings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"applicant_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"asked_by" uuid,
	"answer" text,
	"answered_at" timestamptz(3),
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "vouchings_others" CHECK ("vouchings"."applicant_id" <> "vouchings"."member_id"),
	CONSTRAINT "vouchings_answer" CHECK ("vouchings"."answer" in ('yes', 'no') and ("vouchings"."answer" is null) = ("vouchings"."answered_at" is null))
);
--> statement-breakpoint
ALTER TABLE "import_jobs" DROP CONSTRAINT "import_jobs_counts";--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_email_lower_case";--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_verified_before_validation";--> statement-breakpoint
ALTER TABLE "account_tokens" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "subject_ids" uuid[];--> statement-breakpoint
ALTER TABLE "account_tokens" ADD COLUMN "invitation_id" uuid;--> statement-breakpoint
ALTER TABLE "account_tokens" ADD COLUMN "vouching_id" uuid;--> statement-breakpoint
ALTER TABLE "user_invitations" ADD COLUMN "message" text;--> statement-breakpoint
ALTER TABLE "user_invitations" ADD COLUMN "sent_at" timestamptz(3) DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "separator" text;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "columns" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "checked_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "created_people" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "updated_people" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "failure" text;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "undone_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "undone_by" uuid;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "activations_per_day" integer;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "activation_started_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "origin" text DEFAULT 'registration' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "joined_at" timestamptz(3) DEFAULT now() NOT NULL;--> statement-breakpoint
UPDATE "users" SET "joined_at" = "created_at";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "photo_id" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "taken_on_by" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "taken_on_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "activation_sent_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erase_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erase_requested_by" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erased_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "search_text" text GENERATED ALWAYS AS (search_key("first_name" || ' ' || "last_name" || ' ' || coalesce("email", ''))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_job_id_import_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_fees" ADD CONSTRAINT "stripe_fees_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_fees" ADD CONSTRAINT "stripe_fees_reversal_id_reversals_id_fk" FOREIGN KEY ("reversal_id") REFERENCES "public"."reversals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_notes" ADD CONSTRAINT "user_notes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_notes" ADD CONSTRAINT "user_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_tags" ADD CONSTRAINT "user_tags_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouchings" ADD CONSTRAINT "vouchings_applicant_id_users_id_fk" FOREIGN KEY ("applicant_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouchings" ADD CONSTRAINT "vouchings_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouchings" ADD CONSTRAINT "vouchings_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stored_files_unfinished" ON "stored_files" USING btree ("updated_at","id") WHERE "stored_files"."status" <> 'stored';--> statement-breakpoint
CREATE INDEX "stored_files_kind" ON "stored_files" USING btree ("kind","created_at","id");--> statement-breakpoint
CREATE INDEX "import_rows_user" ON "import_rows" USING btree ("user_id") WHERE "import_rows"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "import_rows_waiting" ON "import_rows" USING btree ("job_id","row") WHERE "import_rows"."applied_at" is null;--> statement-breakpoint
CREATE INDEX "stripe_fees_occurred" ON "stripe_fees" USING btree ("occurred_at","id");--> statement-breakpoint
CREATE INDEX "stripe_fees_payment" ON "stripe_fees" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "stripe_fees_reversal" ON "stripe_fees" USING btree ("reversal_id") WHERE "stripe_fees"."reversal_id" is not null;--> statement-breakpoint
CREATE INDEX "user_notes_user" ON "user_notes" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "user_notes_author" ON "user_notes" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "user_tags_tag" ON "user_tags" USING btree ("tag","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "vouchings_one_each" ON "vouchings" USING btree ("applicant_id","member_id");--> statement-breakpoint
CREATE INDEX "vouchings_member" ON "vouchings" USING btree ("member_id","created_at","id");--> statement-breakpoint
CREATE INDEX "vouchings_asked_by" ON "vouchings" USING btree ("asked_by") WHERE "vouchings"."asked_by" is not null;--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_invitation_id_user_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."user_invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_vouching_id_vouchings_id_fk" FOREIGN KEY ("vouching_id") REFERENCES "public"."vouchings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD CONSTRAINT "import_jobs_file_id_stored_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."stored_files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD CONSTRAINT "import_jobs_undone_by_users_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_photo_id_stored_files_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."stored_files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_taken_on_by_users_id_fk" FOREIGN KEY ("taken_on_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_erase_requested_by_users_id_fk" FOREIGN KEY ("erase_requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_subjects" ON "audit_log" USING gin ("subject_ids") WHERE "audit_log"."subject_ids" is not null;--> statement-breakpoint
CREATE INDEX "account_tokens_invitation" ON "account_tokens" USING btree ("invitation_id") WHERE "account_tokens"."invitation_id" is not null;--> statement-breakpoint
CREATE INDEX "account_tokens_vouching" ON "account_tokens" USING btree ("vouching_id") WHERE "account_tokens"."vouching_id" is not null;--> statement-breakpoint
CREATE INDEX "user_invitations_newest" ON "user_invitations" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "user_invitations_role" ON "user_invitations" USING btree ("role_id") WHERE "user_invitations"."role_id" is not null;--> statement-breakpoint
CREATE INDEX "user_invitations_invited_by" ON "user_invitations" USING btree ("invited_by") WHERE "user_invitations"."invited_by" is not null;--> statement-breakpoint
CREATE INDEX "user_invitations_accepted_by" ON "user_invitations" USING btree ("accepted_by") WHERE "user_invitations"."accepted_by" is not null;--> statement-breakpoint
CREATE INDEX "import_jobs_created_by" ON "import_jobs" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "import_jobs_unfinished" ON "import_jobs" USING btree ("updated_at","id") WHERE "import_jobs"."status" in ('uploaded', 'validating', 'applying');--> statement-breakpoint
CREATE INDEX "users_search" ON "users" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_joined" ON "users" USING btree ("joined_at","id");--> statement-breakpoint
CREATE INDEX "users_updated" ON "users" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "users_status_name" ON "users" USING btree ("status",(ltrim("last_name" || ' ' || "first_name") collate "und-x-icu"),"id");--> statement-breakpoint
CREATE INDEX "users_role_newest" ON "users" USING btree ("role","created_at","id");--> statement-breakpoint
CREATE INDEX "users_without_email" ON "users" USING btree ("created_at","id") WHERE "users"."email" is null;--> statement-breakpoint
CREATE INDEX "users_with_photo" ON "users" USING btree ("created_at","id") WHERE "users"."photo_id" is not null and "users"."photo_audience" <> 'nobody';--> statement-breakpoint
CREATE INDEX "users_photo" ON "users" USING btree ("photo_id") WHERE "users"."photo_id" is not null;--> statement-breakpoint
CREATE INDEX "users_unverified" ON "users" USING btree ("created_at","id") WHERE not "users"."email_verified";--> statement-breakpoint
CREATE INDEX "users_counted" ON "users" USING btree ("status","role","email_verified") WHERE "users"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "users_taken_on_by" ON "users" USING btree ("taken_on_by") WHERE "users"."taken_on_by" is not null;--> statement-breakpoint
CREATE INDEX "users_erase_requested_by" ON "users" USING btree ("erase_requested_by") WHERE "users"."erase_requested_by" is not null;--> statement-breakpoint
CREATE INDEX "users_erase_due" ON "users" USING btree ("erase_at") WHERE "users"."erase_at" is not null and "users"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "users_erased" ON "users" USING btree ("erased_at") WHERE "users"."erased_at" is not null;--> statement-breakpoint
CREATE INDEX "users_phone" ON "users" USING btree ("phone") WHERE "users"."phone" is not null;--> statement-breakpoint
CREATE INDEX "users_birthday" ON "users" USING btree ("birthday") WHERE "users"."birthday" is not null;--> statement-breakpoint
CREATE INDEX "users_address" ON "users" USING hash (search_key("address")) WHERE "users"."address" is not null;--> statement-breakpoint
ALTER TABLE "import_jobs" DROP COLUMN "file_key";--> statement-breakpoint
ALTER TABLE "import_jobs" DROP COLUMN "problems";--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "profile_photo_url";--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_external_id_unique" UNIQUE("external_id");--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_subject" CHECK (num_nonnulls("account_tokens"."user_id", "account_tokens"."invitation_id") = 1);--> statement-breakpoint
ALTER TABLE "import_jobs" ADD CONSTRAINT "import_jobs_activations" CHECK ("import_jobs"."activations_per_day" between 1 and 10000);--> statement-breakpoint
ALTER TABLE "import_jobs" ADD CONSTRAINT "import_jobs_counts" CHECK ("import_jobs"."applied_rows" + "import_jobs"."failed_rows" <= "import_jobs"."total_rows" and "import_jobs"."checked_rows" <= "import_jobs"."total_rows");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_verified_email_known" CHECK (not "users"."email_verified" or "users"."email" is not null);--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_origin" CHECK ("users"."origin" in ('registration', 'paper', 'import', 'invitation'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_password_needs_email" CHECK ("users"."password_hash" is null or "users"."email" is not null);--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_taken_on" CHECK ("users"."taken_on_by" is null or "users"."taken_on_at" is not null);--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_erased_after_request" CHECK ("users"."erased_at" is null or "users"."erase_at" is not null);--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_email_lower_case" CHECK ("users"."email" = lower("users"."email") and "users"."email" <> '');--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_erased_nameless" CHECK ("users"."erased_at" is null or ("users"."status" = 'inactive' and "users"."email" is null and "users"."first_name" = '' and "users"."last_name" = ''));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_verified_before_validation" CHECK ("users"."email_verified" or "users"."status" in ('pending_email', 'rejected') or "users"."origin" in ('paper', 'import') or "users"."erased_at" is not null);--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['stored_files', 'import_rows', 'stripe_fees', 'user_notes', 'user_tags', 'vouchings'] LOOP
    EXECUTE format('CREATE TRIGGER touch_updated_at BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION touch_updated_at()', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- Keeps storage_usage equal to what the rows of stored_files say.
CREATE FUNCTION count_storage() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  before bigint := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.size_bytes END;
  after bigint := CASE WHEN TG_OP = 'DELETE' THEN 0 ELSE NEW.size_bytes END;
BEGIN
  IF before <> after THEN
    UPDATE storage_usage SET used_bytes = used_bytes + after - before;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER count_storage AFTER INSERT OR UPDATE OF size_bytes OR DELETE ON stored_files
FOR EACH ROW EXECUTE FUNCTION count_storage();
--> statement-breakpoint
-- Who reads the log need not be one of those who see what a person hides. That somebody has a legal name, or when their
-- pronouns changed, can out them. So the log has nothing of what is sealed, nor of who may see what.
DROP TRIGGER audit ON users;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW
EXECUTE FUNCTION audit('id', '', 'search_text,legal_name,name_on_documents,pronouns,birthday,photo_id,photo_preference,in_directory,email_audience,phone_audience,address_audience,birthday_audience,partner_audience,bio_audience,photo_audience', 'id,status,role,email_verified,rejected_at,rejected_by,origin,taken_on_by,taken_on_at,erase_at,erase_requested_by,erased_at');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON user_notes FOR EACH ROW
EXECUTE FUNCTION audit('user_id', '', '', 'id,user_id,author_id,sensitive');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON user_tags FOR EACH ROW
EXECUTE FUNCTION audit('user_id', '', '', 'user_id');
--> statement-breakpoint
-- Photos: marks the file that a row referred to as deleted, once it does not any more. The objects go before the row does.
-- TG_ARGV[0] names the column.
CREATE FUNCTION release_file() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stored_files SET status = 'deleted'
  WHERE id = (to_jsonb(OLD) ->> TG_ARGV[0])::uuid
    AND (TG_OP = 'DELETE' OR id IS DISTINCT FROM (to_jsonb(NEW) ->> TG_ARGV[0])::uuid);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER release_photo AFTER UPDATE OF photo_id OR DELETE ON users
FOR EACH ROW WHEN (OLD.photo_id IS NOT NULL) EXECUTE FUNCTION release_file('photo_id');
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON stored_files, import_rows, user_notes, user_tags, vouchings TO loaf_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON stripe_fees TO loaf_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON import_jobs, user_invitations TO loaf_app;
--> statement-breakpoint
GRANT DELETE ON user_invitations, event_rsvps TO loaf_app;
--> statement-breakpoint
GRANT UPDATE ON storage_usage TO loaf_app;
--> statement-breakpoint
-- The export of the ledger finds what moved on the days of a page.
CREATE INDEX "reversals_occurred" ON "reversals" USING btree ("occurred_at") WHERE "reversals"."occurred_at" is not null;--> statement-breakpoint
CREATE INDEX "reversals_returned" ON "reversals" USING btree ("returned_at") WHERE "reversals"."returned_at" is not null;
--> statement-breakpoint
-- Erasure. Why money went back is in a volunteer's words, which may name the payer: the log names the column alone.
DROP TRIGGER audit ON reversals;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON reversals FOR EACH ROW
EXECUTE FUNCTION audit('id', 'reason', 'stripe_synced_at,payer_notified_at,failure_notified_at,volunteers_notified_of');
--> statement-breakpoint
UPDATE audit_log SET changes = jsonb_set(changes, '{reason}', 'null') WHERE subject_type = 'reversals' AND changes ? 'reason';
