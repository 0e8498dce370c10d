ALTER TABLE "stored_files" DROP CONSTRAINT "stored_files_kind_known";--> statement-breakpoint
ALTER TABLE "import_jobs" DROP CONSTRAINT "import_jobs_file_id_stored_files_id_fk";
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erase_wished" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "stored_files" DROP COLUMN "taken_at";--> statement-breakpoint
ALTER TABLE "import_jobs" DROP COLUMN "file_id";--> statement-breakpoint
ALTER TABLE "stored_files" ADD CONSTRAINT "stored_files_kind_known" CHECK ("stored_files"."kind" in ('profile_photo', 'event_photo', 'event_cover', 'logo', 'document'));--> statement-breakpoint
-- by hand
-- The person's own wish has its own column now.
UPDATE "users" SET "erase_wished" = true, "erase_requested_by" = null WHERE "erase_requested_by" = "id";
