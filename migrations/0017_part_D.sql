-- drops: mail_suppressions.soft_bounces, mail_suppressions.suppressed_at
ALTER TABLE "mail_suppressions" DROP CONSTRAINT "mail_suppressions_soft_bounces";--> statement-breakpoint
ALTER TABLE "mail_events" ADD COLUMN "address_hash" text NOT NULL;--> statement-breakpoint
CREATE INDEX "emails_address" ON "emails" USING btree ("to_email");--> statement-breakpoint
CREATE INDEX "mail_events_address" ON "mail_events" USING btree ("address_hash");--> statement-breakpoint
ALTER TABLE "mail_suppressions" DROP COLUMN "soft_bounces";--> statement-breakpoint
ALTER TABLE "mail_suppressions" DROP COLUMN "suppressed_at";--> statement-breakpoint
ALTER TABLE "mail_events" ADD CONSTRAINT "mail_events_kind" CHECK ("mail_events"."kind" in ('delivered', 'soft_bounce', 'hard_bounce', 'complained', 'confirmed'));