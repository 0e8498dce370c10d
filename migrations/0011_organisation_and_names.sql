DROP INDEX "users_name";--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "receipt_number" integer NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "payments_receipt_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "time_zone" text DEFAULT 'America/New_York' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "country" text DEFAULT 'US' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "postal_address" text;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "contact_email" text;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "tax_id" text;--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD COLUMN "acknowledgement" text;--> statement-breakpoint
CREATE INDEX "users_sort_name" ON "users" USING btree ((ltrim("last_name" || ' ' || "first_name") collate "und-x-icu"),"id");--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_receipt_number_unique" UNIQUE("receipt_number");--> statement-breakpoint
ALTER TABLE "organisation_settings" ADD CONSTRAINT "organisation_settings_country" CHECK ("organisation_settings"."country" ~ '^[A-Z]{2}$');--> statement-breakpoint
GRANT UPDATE ON organisation_settings TO loaf_app;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
--> statement-breakpoint
-- Text as people type it in a search: without case, accents, apostrophes and typographic dashes, composed in one way.
CREATE FUNCTION search_key(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
  SELECT normalize(public.unaccent('public.unaccent', translate(
    regexp_replace(normalize(lower(normalize(translate($1, E'\u00b4\u0060', ''), NFKC) COLLATE "und-x-icu"), NFKD),
      '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200b\u2060\ufeff]', '', 'g'),
    E'\u2010\u2011\u2012\u2013\u2014\u2212\u03c2\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u0027', E'------\u03c3')), NFC)
$$;
--> statement-breakpoint
-- For LIKE: text that contains a search, whose wildcards stand for themselves. Null, which nothing is like, if nothing is left
-- of the search.
CREATE FUNCTION search_pattern(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT '%' || regexp_replace(nullif(search_key($1), ''), '([\\%_])', '\\\1', 'g') || '%' $$;
