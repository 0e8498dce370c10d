-- drops: rows of photo_takedowns, rows of audit_log
-- Those of photo_takedowns stay, with another key.
ALTER TABLE "photo_takedowns" DROP CONSTRAINT "photo_takedowns_pkey";--> statement-breakpoint
ALTER TABLE "photo_takedowns" ADD COLUMN "id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "photo_takedowns_asker" ON "photo_takedowns" USING btree ("photo_id","asked_by");--> statement-breakpoint
DROP INDEX "photo_takedowns_asked_by";--> statement-breakpoint
CREATE INDEX "photo_takedowns_asked_by" ON "photo_takedowns" USING btree ("asked_by","created_at","photo_id") WHERE "photo_takedowns"."asked_by" is not null;--> statement-breakpoint
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
