ALTER TYPE "public"."paymentmethod" ADD VALUE 'outside_stripe';--> statement-breakpoint
ALTER TABLE "reversals" DROP CONSTRAINT "reversals_notified";--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_notified" CHECK ("reversals"."volunteers_notified_of" in ('inquiry', 'dispute', 'appeal', 'failure'));