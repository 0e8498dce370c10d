ALTER TABLE "users" ADD COLUMN "status_since" timestamptz(3) DEFAULT now() NOT NULL;--> statement-breakpoint
-- by hand
-- For people who are here already, the wait begins now: nobody is reminded of what was long ago.
CREATE FUNCTION keep_status_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.status_since := now();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_status_since BEFORE UPDATE OF status ON users
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION keep_status_since();
--> statement-breakpoint
-- It follows from the status, which the log has.
DROP TRIGGER audit ON users;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW
EXECUTE FUNCTION audit('id', '', 'status_since,search_text,legal_name,name_on_documents,pronouns,birthday,photo_id,photo_preference,in_directory,email_audience,phone_audience,address_audience,birthday_audience,partner_audience,bio_audience,photo_audience', 'id,status,role,email_verified,rejected_at,rejected_by,origin,taken_on_by,taken_on_at,erase_at,erase_requested_by,erased_at');
