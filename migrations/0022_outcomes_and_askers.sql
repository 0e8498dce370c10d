-- The log first, while nothing is locked. The same again below finds only what came in between.
UPDATE audit_log SET changes = changes || (
  SELECT jsonb_object_agg(key, 'null'::jsonb) FROM jsonb_object_keys(changes) AS key
  WHERE key IN ('card_brand', 'card_last4', 'card_exp_month', 'card_exp_year'))
WHERE subject_type = 'subscriptions' AND changes ?| ARRAY['card_brand', 'card_last4', 'card_exp_month', 'card_exp_year'];
--> statement-breakpoint
ALTER TABLE "account_tokens" ADD COLUMN "requested_by" uuid;--> statement-breakpoint
ALTER TABLE "newsletter_recipients" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_tokens_requested_by" ON "account_tokens" USING btree ("requested_by") WHERE "account_tokens"."requested_by" is not null;--> statement-breakpoint
CREATE INDEX "payments_subscription_term" ON "payments" USING btree ("subscription_id","term_end") WHERE "payments"."term_end" is not null;--> statement-breakpoint
CREATE INDEX "payments_term_end" ON "payments" USING btree ("term_end") WHERE "payments"."term_end" is not null;--> statement-breakpoint
CREATE INDEX "users_status_since" ON "users" USING btree ("status_since","id");--> statement-breakpoint
CREATE INDEX "subscriptions_ended" ON "subscriptions" USING btree ((case when "status" = 'cancelled' and not "cancel_at_period_end"
  then least("cancelled_at", "current_term_end") else "current_term_end" end),"id");--> statement-breakpoint
ALTER TABLE "newsletter_recipients" ADD CONSTRAINT "newsletter_recipients_outcome" CHECK ("newsletter_recipients"."outcome" in ('sent', 'failed', 'withheld', 'bounced', 'complained'));--> statement-breakpoint
-- A time zone, or null unless this server knows it: its names and those of JavaScript are not quite the same, and change.
CREATE FUNCTION known_time_zone(name text) RETURNS text
LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
  PERFORM timestamptz '2000-01-01' AT TIME ZONE name;
  RETURN name;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN NULL;
END $$;
--> statement-breakpoint
-- The card is its holder's: that it changed is worth a line in the log, whose it is is not. Erasing empties it everywhere else.
DROP TRIGGER audit ON subscriptions;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON subscriptions FOR EACH ROW
EXECUTE FUNCTION audit('id', 'notes,cancel_reason,card_brand,card_last4,card_exp_month,card_exp_year', 'stripe_synced_at');
--> statement-breakpoint
UPDATE audit_log SET changes = changes || (
  SELECT jsonb_object_agg(key, 'null'::jsonb) FROM jsonb_object_keys(changes) AS key
  WHERE key IN ('card_brand', 'card_last4', 'card_exp_month', 'card_exp_year'))
WHERE subject_type = 'subscriptions' AND changes ?| ARRAY['card_brand', 'card_last4', 'card_exp_month', 'card_exp_year'];
