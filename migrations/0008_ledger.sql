-- drops: subscriptions_one_live (in 0007, for two narrower ones: a term that is being renewed still runs meanwhile)
CREATE VIEW ledger AS
WITH movements AS (
  SELECT payment_id, id, stripe_id, kind, occurred_at AS at, amount_cents AS gone
  FROM reversals WHERE occurred_at IS NOT NULL
  UNION ALL
  SELECT payment_id, id, stripe_id, kind || '_returned', returned_at, -amount_cents
  FROM reversals WHERE returned_at IS NOT NULL
), running AS (
  SELECT m.*, p.user_id, p.subscription_id, p.donation_id, p.payment_method, p.donation_cents,
    -- Stripe's instants are seconds. Within one its ids decide, not ours: they are the same in whatever order we heard.
    sum(gone) OVER (PARTITION BY payment_id ORDER BY at, coalesce(stripe_id, m.id::text), gone DESC)::integer
      AS gone_by_then
  FROM movements m JOIN payments p ON p.id = m.payment_id
), split AS (
  -- What leaves is taken from the donation first. Of a donation nothing else can leave: also what was refunded and is then
  -- disputed is a donation's, and for a while there is less than nothing of it.
  SELECT *, CASE WHEN donation_id IS NOT NULL THEN gone
    ELSE greatest(least(donation_cents, gone_by_then), 0) - greatest(least(donation_cents, gone_by_then - gone), 0)
    END AS gone_from_donation
  FROM running
)
SELECT paid_at AS occurred_at, 'payment' AS kind, id AS payment_id, NULL::uuid AS reversal_id, user_id, subscription_id,
  donation_id, payment_method, base_subscription_cents, donation_cents
FROM payments
UNION ALL
SELECT at, kind, payment_id, id, user_id, subscription_id, donation_id, payment_method,
  -(gone - gone_from_donation), -gone_from_donation
FROM split;
--> statement-breakpoint
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
--> statement-breakpoint
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON reversals FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
--> statement-breakpoint
-- Who reads the audit log need not be one of those who see who gave.
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON payments FOR EACH ROW EXECUTE FUNCTION audit('id', 'user_id', '');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON reversals FOR EACH ROW EXECUTE FUNCTION audit('id', '', 'stripe_synced_at');
--> statement-breakpoint
-- Notes may speak of people: that they changed is worth a line, what they say is not.
DROP TRIGGER audit ON subscriptions;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON subscriptions FOR EACH ROW
EXECUTE FUNCTION audit('id', 'notes,cancel_reason', 'stripe_synced_at');
--> statement-breakpoint
DROP TRIGGER audit ON donations;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON donations FOR EACH ROW
EXECUTE FUNCTION audit('id', 'user_id,donor_name,donor_email,message,notes', 'stripe_synced_at');
--> statement-breakpoint
GRANT SELECT ON payments, reversals, ledger TO loaf_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON payments, reversals, donations, subscription_plans, job_runs TO loaf_app;
--> statement-breakpoint
GRANT DELETE ON subscription_plans TO loaf_app;
--> statement-breakpoint
-- What was given before there was a ledger. Terms of subscriptions come from Stripe: `npm run reconcile -- --since`.
UPDATE donations SET payment_method = 'cash'
WHERE status IN ('completed', 'refunded') AND stripe_checkout_session_id IS NULL AND stripe_payment_intent_id IS NULL;
--> statement-breakpoint
INSERT INTO payments (user_id, donation_id, payment_method, donation_cents, paid_at, stripe_payment_intent_id)
SELECT user_id, id, payment_method, amount_cents, completed_at, stripe_payment_intent_id
FROM donations WHERE status IN ('completed', 'refunded')
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO reversals (payment_id, kind, status, amount_cents, occurred_at)
SELECT p.id, 'refund', 'succeeded', d.amount_cents, d.updated_at
FROM donations d JOIN payments p ON p.donation_id = d.id
WHERE d.status = 'refunded' AND NOT EXISTS (SELECT FROM reversals r WHERE r.payment_id = p.id);
