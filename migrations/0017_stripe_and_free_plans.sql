ALTER TYPE "public"."paymentmethod" ADD VALUE 'outside_stripe';--> statement-breakpoint
ALTER TABLE "reversals" DROP CONSTRAINT "reversals_notified";--> statement-breakpoint
ALTER TABLE "subscription_plans" ADD COLUMN "rollover_days" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "events_search" ON "events" USING gin (search_key("title" || ' ' || "description") gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_notified" CHECK ("reversals"."volunteers_notified_of" in ('inquiry', 'dispute', 'appeal', 'failure'));--> statement-breakpoint
ALTER TABLE "subscription_plans" ADD CONSTRAINT "subscription_plans_rollover" CHECK ("subscription_plans"."rollover_days" between 0 and 180 and ("subscription_plans"."rollover_days" = 0 or "subscription_plans"."billing_cycle" = 'custom'));