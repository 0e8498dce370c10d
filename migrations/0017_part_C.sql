-- drops: email_batches.attempts
ALTER TABLE "mail_pace" ADD COLUMN "next_look_at" timestamptz(3);--> statement-breakpoint
CREATE INDEX "email_batches_created" ON "email_batches" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "emails_tried" ON "emails" USING btree ("next_attempt_at","queue_number") WHERE "emails"."status" = 'pending' and ("emails"."attempts" > 0 or "emails"."batch_id" is not null);--> statement-breakpoint
ALTER TABLE "email_batches" DROP COLUMN "attempts";