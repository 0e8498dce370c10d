ALTER TABLE "users" ADD COLUMN "legal_name" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "name_on_documents" text DEFAULT 'shown' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "pronouns" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "birthday" date;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "photo_preference" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "newsletter_consent_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "in_directory" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "email_audience" text DEFAULT 'admins' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "phone_audience" text DEFAULT 'admins' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "address_audience" text DEFAULT 'nobody' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "birthday_audience" text DEFAULT 'nobody' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "partner_audience" text DEFAULT 'admins' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "bio_audience" text DEFAULT 'nobody' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "photo_audience" text DEFAULT 'nobody' NOT NULL;--> statement-breakpoint
CREATE INDEX "users_directory" ON "users" USING btree ((ltrim("last_name" || ' ' || "first_name") collate "und-x-icu"),"id") WHERE "users"."in_directory" and "users"."status" = 'active';--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_name_on_documents" CHECK ("users"."name_on_documents" in ('shown', 'legal'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_language" CHECK ("users"."language" in ('en', 'es'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_photo_preference" CHECK ("users"."photo_preference" in ('none', 'members', 'public'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_email_audience" CHECK ("users"."email_audience" in ('members', 'admins'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_phone_audience" CHECK ("users"."phone_audience" in ('members', 'admins', 'nobody'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_address_audience" CHECK ("users"."address_audience" in ('members', 'admins', 'nobody'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_birthday_audience" CHECK ("users"."birthday_audience" in ('members', 'admins', 'nobody'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_partner_audience" CHECK ("users"."partner_audience" in ('members', 'admins', 'nobody'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_bio_audience" CHECK ("users"."bio_audience" in ('members', 'admins', 'nobody'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_photo_audience" CHECK ("users"."photo_audience" in ('members', 'admins', 'nobody'));--> statement-breakpoint
-- With a fourth argument, the log shows the values of the columns it names and only the names of all others. What is added to a
-- person later stays out of the log until somebody decides that it is harmless.
CREATE OR REPLACE FUNCTION audit() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
  subject text := (before || after) ->> TG_ARGV[0];
  personal text[] := string_to_array(TG_ARGV[1], ',');
  unimportant text[] := string_to_array(TG_ARGV[2], ',');
  harmless text[] := string_to_array(TG_ARGV[3], ',');
  changes jsonb;
BEGIN
  SELECT coalesce(jsonb_object_agg(key, CASE
      WHEN key = ANY (personal) OR NOT coalesce(key = ANY (harmless), true) THEN 'null'::jsonb
      ELSE jsonb_build_array(before -> key, after -> key)
    END), '{}')
  INTO changes
  FROM jsonb_object_keys(before || after) AS key
  WHERE key NOT IN ('created_at', 'updated_at') AND NOT key = ANY (unimportant)
    AND coalesce(before -> key, 'null') IS DISTINCT FROM coalesce(after -> key, 'null');

  IF changes <> '{}' THEN
    INSERT INTO audit_log (request_id, actor_id, action, subject_type, subject_id, changes)
    VALUES (
      nullif(current_setting('app.request_id', true), ''),
      nullif(current_setting('app.actor_id', true), '')::uuid,
      lower(TG_OP), TG_TABLE_NAME, subject, changes
    );
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER audit ON users;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW
EXECUTE FUNCTION audit('id', '', '', 'id,status,role,email_verified,rejected_at,rejected_by');
