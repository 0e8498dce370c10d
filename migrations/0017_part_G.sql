ALTER TABLE "newsletter_archives" ADD COLUMN "events" jsonb;
--> statement-breakpoint
-- by hand
-- Whoever no longer wants newsletters left after the last one that they were sent, by its link or otherwise.
CREATE FUNCTION note_unsubscribed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE newsletter_recipients SET unsubscribed_at = now()
  WHERE user_id = NEW.id AND newsletter_id = (
    SELECT newsletter_id FROM newsletter_recipients
    WHERE user_id = NEW.id AND queued_at IS NOT NULL
    ORDER BY queued_at DESC, newsletter_id LIMIT 1);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER note_unsubscribed AFTER UPDATE OF newsletter_consent_at ON users FOR EACH ROW
WHEN (OLD.newsletter_consent_at IS NOT NULL AND NEW.newsletter_consent_at IS NULL AND NEW.erased_at IS NULL)
EXECUTE FUNCTION note_unsubscribed();
