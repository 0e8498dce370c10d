-- drops: rows of photo_takedowns, rows of audit_log
-- The log first, while nothing is locked. The same again below finds only what came in between.
-- Covers that went with a photo are entries of the same request.
UPDATE audit_log SET actor_id = NULL
WHERE subject_type = 'events' AND changes ? 'cover_id' AND request_id IN (
  SELECT request_id FROM audit_log
  WHERE subject_type = 'event_galleries' AND action = 'update' AND changes ?| ARRAY['takedown_at', 'takedown_by']);
--> statement-breakpoint
DELETE FROM audit_log
WHERE subject_type = 'event_galleries' AND action = 'update' AND changes - ARRAY['takedown_at', 'takedown_by'] = '{}';
--> statement-breakpoint
UPDATE audit_log SET changes = changes - ARRAY['takedown_at', 'takedown_by']
WHERE subject_type = 'event_galleries' AND changes ?| ARRAY['takedown_at', 'takedown_by'];
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "photo_uploads" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "photo_uploads_since" timestamptz(3);--> statement-breakpoint
-- When somebody uploads a photo of themselves is for nobody to know either.
DROP TRIGGER audit ON users;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW
EXECUTE FUNCTION audit('id', '', 'status_since,search_text,legal_name,name_on_documents,pronouns,birthday,photo_id,photo_uploads,photo_uploads_since,photo_preference,in_directory,email_audience,phone_audience,address_audience,birthday_audience,partner_audience,bio_audience,photo_audience', 'id,status,role,email_verified,rejected_at,rejected_by,origin,taken_on_by,taken_on_at,erase_at,erase_requested_by,erased_at');
--> statement-breakpoint
-- Those of photo_takedowns stay, with another key.
ALTER TABLE "photo_takedowns" DROP CONSTRAINT "photo_takedowns_pkey";--> statement-breakpoint
ALTER TABLE "photo_takedowns" ADD COLUMN "id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "photo_takedowns_asker" ON "photo_takedowns" USING btree ("photo_id","asked_by");--> statement-breakpoint
DROP INDEX "photo_takedowns_asked_by";--> statement-breakpoint
CREATE INDEX "photo_takedowns_asked_by" ON "photo_takedowns" USING btree ("asked_by","created_at","photo_id") WHERE "photo_takedowns"."asked_by" is not null;--> statement-breakpoint
ALTER TABLE "photo_takedowns" ALTER COLUMN "sha256" DROP NOT NULL;--> statement-breakpoint
-- Photos whose SHA-256 nobody knows had no row, so their askers could not take that back.
INSERT INTO photo_takedowns (photo_id, sha256, asked_by, created_at)
SELECT g.id, f.sha256, g.takedown_by, g.takedown_at FROM event_galleries g LEFT JOIN stored_files f ON f.id = g.file_id
WHERE g.takedown_at IS NOT NULL AND NOT EXISTS (SELECT FROM photo_takedowns t WHERE t.photo_id = g.id);
--> statement-breakpoint
-- Who asked to take a photo down is for nobody to know, and the log names whoever changes a row.
DROP TRIGGER audit ON event_galleries;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON event_galleries FOR EACH ROW
EXECUTE FUNCTION audit('id', 'caption', 'takedown_at,takedown_by');
--> statement-breakpoint
-- Covers that went with a photo are entries of the same request.
UPDATE audit_log SET actor_id = NULL
WHERE subject_type = 'events' AND changes ? 'cover_id' AND request_id IN (
  SELECT request_id FROM audit_log
  WHERE subject_type = 'event_galleries' AND action = 'update' AND changes ?| ARRAY['takedown_at', 'takedown_by']);
--> statement-breakpoint
DELETE FROM audit_log
WHERE subject_type = 'event_galleries' AND action = 'update' AND changes - ARRAY['takedown_at', 'takedown_by'] = '{}';
--> statement-breakpoint
UPDATE audit_log SET changes = changes - ARRAY['takedown_at', 'takedown_by']
WHERE subject_type = 'event_galleries' AND changes ?| ARRAY['takedown_at', 'takedown_by'];
