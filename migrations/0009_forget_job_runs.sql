-- The nightly job forgets runs of jobs too.
GRANT DELETE ON job_runs TO loaf_app;
--> statement-breakpoint
-- A plan made before the API could make any has a fixed price, not one that goes down to nothing.
UPDATE subscription_plans SET minimum_price_cents = price_cents WHERE minimum_price_cents = 0;
