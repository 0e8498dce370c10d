CREATE TABLE "donation_receipts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"donation_id" uuid NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	"updated_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "receipted_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "reversals" ADD COLUMN "payer_notified_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "reversals" ADD COLUMN "failure_notified_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "reversals" ADD COLUMN "volunteers_notified_of" text;--> statement-breakpoint
ALTER TABLE "donation_receipts" ADD CONSTRAINT "donation_receipts_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "donation_receipts_donation" ON "donation_receipts" USING btree ("donation_id");--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_notified" CHECK ("reversals"."volunteers_notified_of" in ('inquiry', 'dispute', 'failure'));--> statement-breakpoint
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON donation_receipts FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
--> statement-breakpoint
GRANT SELECT, INSERT ON donation_receipts TO loaf_app;
--> statement-breakpoint
-- That a mail went out is no change worth a line in the audit log.
DROP TRIGGER audit ON payments;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON payments FOR EACH ROW
EXECUTE FUNCTION audit('id', 'user_id', 'receipted_at');
--> statement-breakpoint
DROP TRIGGER audit ON reversals;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON reversals FOR EACH ROW
EXECUTE FUNCTION audit('id', '', 'stripe_synced_at,payer_notified_at,failure_notified_at,volunteers_notified_of');
--> statement-breakpoint
-- Until now the keys of mails said what had been sent. Mails are kept for 90 days, and nobody is written to about payments
-- and refunds that are older than 60.
UPDATE payments SET receipted_at = mailed.at
FROM (
  SELECT split_part(dedupe_key, ':', 2) AS reference, min(created_at) AS at
  FROM emails WHERE dedupe_key LIKE 'thank\_you:%' OR dedupe_key LIKE 'receipt:%' GROUP BY 1
) mailed
WHERE mailed.reference = coalesce(stripe_invoice_id, stripe_payment_intent_id, payments.id::text);
--> statement-breakpoint
INSERT INTO donation_receipts (id, donation_id, created_at)
SELECT emails.id, donations.id, emails.created_at
FROM emails JOIN donations ON donations.id::text = split_part(emails.dedupe_key, ':', 2)
WHERE emails.dedupe_key LIKE 'donation\_receipt:%';
--> statement-breakpoint
UPDATE reversals SET payer_notified_at = emails.created_at
FROM emails WHERE emails.dedupe_key = 'refund:' || stripe_id;
--> statement-breakpoint
-- With a third part, the id of a person, these keys are of mails to volunteers.
UPDATE reversals SET failure_notified_at = emails.created_at
FROM emails WHERE emails.dedupe_key = 'refund_failed:' || stripe_id;
--> statement-breakpoint
UPDATE reversals SET volunteers_notified_of = told.what
FROM (
  SELECT split_part(dedupe_key, ':', 2) AS stripe_id, CASE
      WHEN bool_or(dedupe_key LIKE 'refund\_failed:%') THEN 'failure'
      WHEN bool_or(split_part(dedupe_key, ':', 3) <> 'inquiry') THEN 'dispute'
      ELSE 'inquiry' END AS what
  FROM emails WHERE dedupe_key LIKE 'refund\_failed:%:%' OR dedupe_key LIKE 'dispute:%' GROUP BY 1
) told
WHERE told.stripe_id = reversals.stripe_id;
