-- The nightly job forgets runs of jobs too.
GRANT DELETE ON job_runs TO loaf_app;
--> statement-breakpoint
-- A plan made before the API could make any has a fixed price, not one that goes down to nothing.
UPDATE subscription_plans SET minimum_price_cents = price_cents WHERE minimum_price_cents = 0;
--> statement-breakpoint
-- Thanks that wait to be sent: they say by now when and how was paid, and until now it was online and at once.
UPDATE emails SET data = jsonb_build_object('paid_at', to_jsonb(created_at), 'payment_method', 'stripe') || data
WHERE template = 'thank_you' AND status <> 'sent';
