CREATE TABLE "photo_takedowns" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"asked_by" uuid,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mail_pace" ADD COLUMN "unsubscribe_key" text DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') NOT NULL;--> statement-breakpoint
ALTER TABLE "photo_takedowns" ADD CONSTRAINT "photo_takedowns_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "photo_takedowns_sha256" ON "photo_takedowns" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "photo_takedowns_asked_by" ON "photo_takedowns" USING btree ("asked_by") WHERE "photo_takedowns"."asked_by" is not null;--> statement-breakpoint
CREATE INDEX "emails_sent" ON "emails" USING btree ("sent_at") WHERE "emails"."sent_at" is not null;--> statement-breakpoint
CREATE INDEX "users_waiting" ON "users" USING btree ("status_since","id") WHERE "users"."status" in ('pending_validation', 'pre_validated') and "users"."erased_at" is null;--> statement-breakpoint
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON photo_takedowns FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON photo_takedowns TO loaf_app;
--> statement-breakpoint
-- What is taken down now is remembered, too.
INSERT INTO photo_takedowns (photo_id, sha256, asked_by)
SELECT g.id, f.sha256, g.takedown_by FROM event_galleries g JOIN stored_files f ON f.id = g.file_id
WHERE g.takedown_at IS NOT NULL AND f.sha256 IS NOT NULL;
--> statement-breakpoint
-- Whoever was rejected before holds no seat at what is still to come.
-- drops: rows of event_rsvps, rows of event_answers
DELETE FROM event_rsvps r USING users u, events e
WHERE u.id = r.user_id AND e.id = r.event_id AND u.status = 'rejected' AND NOT r.attended AND e.end_at > now();
--> statement-breakpoint
-- A draft that was tested keeps no events of that day.
UPDATE newsletter_archives SET events = NULL WHERE send_status = 'draft';
