CREATE TYPE "public"."paymentmethod" AS ENUM('stripe', 'cash', 'cheque', 'complimentary');--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid,
	"subscription_id" uuid,
	"donation_id" uuid,
	"payment_method" "paymentmethod" DEFAULT 'stripe' NOT NULL,
	"base_subscription_cents" integer DEFAULT 0 NOT NULL,
	"donation_cents" integer DEFAULT 0 NOT NULL,
	"paid_at" timestamptz(3) NOT NULL,
	"term_start" timestamptz(3),
	"term_end" timestamptz(3),
	"stripe_invoice_id" text,
	"stripe_payment_intent_id" text,
	"recorded_by" uuid,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "payments_donation_id_unique" UNIQUE("donation_id"),
	CONSTRAINT "payments_stripe_invoice_id_unique" UNIQUE("stripe_invoice_id"),
	CONSTRAINT "payments_stripe_payment_intent_id_unique" UNIQUE("stripe_payment_intent_id"),
	CONSTRAINT "payments_purpose" CHECK (num_nonnulls("payments"."subscription_id", "payments"."donation_id") = 1),
	CONSTRAINT "payments_amounts" CHECK ("payments"."base_subscription_cents" >= 0 and "payments"."donation_cents" >= 0),
	CONSTRAINT "payments_term" CHECK ("payments"."term_end" > "payments"."term_start")
);
--> statement-breakpoint
CREATE TABLE "reversals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"payment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"amount_cents" integer NOT NULL,
	"reason" text,
	"occurred_at" timestamptz(3),
	"returned_at" timestamptz(3),
	"stripe_id" text,
	"stripe_synced_at" timestamptz(3),
	"requested_by" uuid,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "reversals_stripe_id_unique" UNIQUE("stripe_id"),
	CONSTRAINT "reversals_kind" CHECK ("reversals"."kind" in ('refund', 'dispute')),
	CONSTRAINT "reversals_amount" CHECK ("reversals"."amount_cents" > 0),
	CONSTRAINT "reversals_return" CHECK ("reversals"."returned_at" is null or "reversals"."occurred_at" is not null)
);
--> statement-breakpoint
DROP INDEX "subscriptions_one_live";--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "payment_method" "paymentmethod" DEFAULT 'stripe' NOT NULL;--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "notes" text;--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "recorded_by" uuid;--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "checkout_expires_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "stripe_synced_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "subscription_plans" ADD COLUMN "term_end_month" integer;--> statement-breakpoint
ALTER TABLE "subscription_plans" ADD COLUMN "term_end_day" integer;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "grace_days" integer DEFAULT 14 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "donation_minimum_cents" integer DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "donation_maximum_cents" integer DEFAULT 1000000 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "statement_descriptor_suffix" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "payment_method" "paymentmethod" DEFAULT 'stripe' NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "grace_ends_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "paused_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "resumes_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "card_brand" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "card_last4" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "card_exp_month" integer;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "card_exp_year" integer;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "notes" text;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payments_paid" ON "payments" USING btree ("paid_at","id");--> statement-breakpoint
CREATE INDEX "payments_subscription" ON "payments" USING btree ("subscription_id","paid_at");--> statement-breakpoint
CREATE INDEX "payments_user" ON "payments" USING btree ("user_id","paid_at");--> statement-breakpoint
CREATE INDEX "payments_recorded_by" ON "payments" USING btree ("recorded_by");--> statement-breakpoint
CREATE INDEX "reversals_payment" ON "reversals" USING btree ("payment_id","occurred_at");--> statement-breakpoint
CREATE INDEX "reversals_requested" ON "reversals" USING btree ("created_at","id") WHERE "reversals"."status" = 'requested';--> statement-breakpoint
CREATE INDEX "reversals_requested_by" ON "reversals" USING btree ("requested_by");--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "donations_amount" ON "donations" USING btree ("amount_cents","id");--> statement-breakpoint
CREATE INDEX "donations_recorded_by" ON "donations" USING btree ("recorded_by");--> statement-breakpoint
CREATE INDEX "stripe_events_type_newest" ON "stripe_events" USING btree ("type","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_one_running" ON "subscriptions" USING btree ("user_id") WHERE "subscriptions"."status" in ('active', 'past_due', 'paused');--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_one_pending" ON "subscriptions" USING btree ("user_id") WHERE "subscriptions"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "subscriptions_grace" ON "subscriptions" USING btree ("grace_ends_at","id") WHERE "subscriptions"."status" = 'past_due';--> statement-breakpoint
CREATE INDEX "subscriptions_cycle_newest" ON "subscriptions" USING btree ("billing_cycle","created_at","id");--> statement-breakpoint
CREATE INDEX "subscriptions_method_newest" ON "subscriptions" USING btree ("payment_method","created_at","id");--> statement-breakpoint
ALTER TABLE "subscription_plans" ADD CONSTRAINT "subscription_plans_term_end" CHECK (("subscription_plans"."term_end_month" is null) = ("subscription_plans"."term_end_day" is null) and "subscription_plans"."term_end_month" between 1 and 12
        and "subscription_plans"."term_end_day" between 1 and case when "subscription_plans"."term_end_month" = 2 then 28 when "subscription_plans"."term_end_month" in (4, 6, 9, 11) then 30 else 31 end);--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD CONSTRAINT "organisation_settings_grace" CHECK ("organisation_settings"."grace_days" between 0 and 365);--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD CONSTRAINT "organisation_settings_donations" CHECK ("organisation_settings"."donation_minimum_cents" >= 50 and "organisation_settings"."donation_maximum_cents" between "organisation_settings"."donation_minimum_cents" and 99999999);--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD CONSTRAINT "organisation_settings_descriptor" CHECK ("organisation_settings"."statement_descriptor_suffix" ~ '^[A-Za-z0-9 .&-]{1,22}$' and "organisation_settings"."statement_descriptor_suffix" ~ '[A-Za-z]');