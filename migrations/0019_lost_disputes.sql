ALTER TABLE "reversals" DROP CONSTRAINT "reversals_notified";--> statement-breakpoint
ALTER TABLE "reversals" ADD COLUMN "lost_since" timestamptz(3);--> statement-breakpoint
-- What is known to be lost already counts from when the money left, as before, and volunteers know of it.
UPDATE "reversals" SET "lost_since" = "occurred_at",
  "volunteers_notified_of" = CASE WHEN "status" = 'lost' AND "volunteers_notified_of" IS NOT NULL THEN 'lost' ELSE "volunteers_notified_of" END
WHERE "kind" = 'dispute' AND "status" IN ('lost', 'appeal_needs_response', 'appeal_under_review');
--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_notified" CHECK ("reversals"."volunteers_notified_of" in ('inquiry', 'dispute', 'lost', 'appeal', 'failure'));