-- Guards, triggers and the rows that exist once. Everything here is what the database itself guarantees.

-- A guard: raises when a rule does not hold. The SQLSTATE is LF + the HTTP status, the code travels in `detail`.
CREATE FUNCTION ensure(ok boolean, status integer, code text, sentence text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF ok IS NOT TRUE THEN
    RAISE EXCEPTION USING ERRCODE = 'LF' || status, MESSAGE = sentence, DETAIL = code;
  END IF;
END $$;
--> statement-breakpoint
-- Who is acting, for the audit triggers; only until the transaction ends. Whoever asked waits for 10 seconds: a statement
-- that would take longer must not go on and commit behind their back.
CREATE FUNCTION identify(p_actor_id uuid, p_request_id text) RETURNS void
LANGUAGE sql AS $$
  SELECT set_config('app.actor_id', coalesce(p_actor_id::text, ''), true),
         set_config('app.request_id', coalesce(p_request_id, ''), true),
         set_config('statement_timeout', '9s', true);
$$;
--> statement-breakpoint
-- The first statement of every signed-in request: the session lives, the person's status is one of `p_statuses` (null:
-- any), and one of their roles holds `p_permission` (null: none needed).
CREATE FUNCTION authorize(p_user_id uuid, p_session_id uuid, p_permission text, p_statuses userstatus[], p_request_id text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  current_status userstatus;
BEGIN
  SELECT u.status INTO current_status
  FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = p_session_id AND s.user_id = p_user_id AND s.revoked_at IS NULL AND s.expires_at > now();

  PERFORM ensure(current_status IS NOT NULL, 401, 'session_ended', 'This session has ended. Please sign in again.');
  PERFORM ensure(p_statuses IS NULL OR current_status = ANY (p_statuses), 403, 'status_not_allowed',
    'Your membership status does not allow this.');
  PERFORM ensure(p_permission IS NULL OR EXISTS (
    SELECT FROM user_role_assignments a
    JOIN role_permissions rp ON rp.role_id = a.role_id
    JOIN permissions p ON p.id = rp.permission_id
    WHERE a.user_id = p_user_id AND p.code = p_permission
  ), 403, 'permission_missing', 'You do not have the permission this needs.');

  PERFORM identify(p_user_id, p_request_id);

  -- Last use is worth a write every five minutes, and never worth waiting for.
  UPDATE sessions SET last_used_at = now() WHERE id IN (
    SELECT id FROM sessions
    WHERE id = p_session_id AND last_used_at < now() - interval '5 minutes'
    FOR UPDATE SKIP LOCKED
  );
END $$;
--> statement-breakpoint
CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  t text;
BEGIN
  FOR t IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'updated_at' LOOP
    EXECUTE format('CREATE TRIGGER touch_updated_at BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION touch_updated_at()', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- users.role shows the highest system role a person holds (the order of the enum).
CREATE FUNCTION show_highest_role() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  person uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
BEGIN
  -- Two assignments at once wait for each other, so that the second sees both.
  PERFORM FROM users WHERE id = person FOR UPDATE;
  UPDATE users SET role = highest.role
  FROM (
    SELECT coalesce(max(r.code::userrole), 'guest') AS role
    FROM user_role_assignments a JOIN roles r ON r.id = a.role_id AND r.system
    WHERE a.user_id = person
  ) highest
  WHERE users.id = person AND users.role <> highest.role;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER show_highest_role AFTER INSERT OR DELETE ON user_role_assignments
FOR EACH ROW EXECUTE FUNCTION show_highest_role();
--> statement-breakpoint
-- The role "member" is held by exactly those who are active.
CREATE FUNCTION keep_member_role() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'active' THEN
    INSERT INTO user_role_assignments (user_id, role_id)
    SELECT NEW.id, id FROM roles WHERE code = 'member' ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM user_role_assignments a USING roles r
    WHERE a.user_id = NEW.id AND r.id = a.role_id AND r.code = 'member';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_member_role AFTER INSERT OR UPDATE OF status ON users
FOR EACH ROW EXECUTE FUNCTION keep_member_role();
--> statement-breakpoint
-- Writes what changed. Arguments: the column that names the subject, the columns whose values are personal or secret
-- (only their names are written), and the columns that are not worth a word.
CREATE FUNCTION audit() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
  subject text := (before || after) ->> TG_ARGV[0];
  personal text[] := string_to_array(TG_ARGV[1], ',');
  unimportant text[] := string_to_array(TG_ARGV[2], ',');
  changes jsonb;
BEGIN
  SELECT coalesce(jsonb_object_agg(key, CASE
      WHEN key = ANY (personal) THEN 'null'::jsonb
      ELSE jsonb_build_array(before -> key, after -> key)
    END), '{}')
  INTO changes
  FROM jsonb_object_keys(before || after) AS key
  WHERE key NOT IN ('created_at', 'updated_at') AND NOT key = ANY (unimportant)
    AND coalesce(before -> key, 'null') IS DISTINCT FROM coalesce(after -> key, 'null');

  IF changes <> '{}' THEN
    INSERT INTO audit_log (request_id, actor_id, action, subject_type, subject_id, changes)
    VALUES (
      nullif(current_setting('app.request_id', true), ''),
      nullif(current_setting('app.actor_id', true), '')::uuid,
      lower(TG_OP), TG_TABLE_NAME, subject, changes
    );
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION audit('id',
  'email,password_hash,first_name,last_name,phone,bio,profile_photo_url,rejection_reason,partner_first_name,partner_last_name,partner_is_member,referred_by,stripe_customer_id', '');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON roles FOR EACH ROW EXECUTE FUNCTION audit('id', '', '');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON role_permissions FOR EACH ROW EXECUTE FUNCTION audit('role_id', '', '');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON user_role_assignments FOR EACH ROW EXECUTE FUNCTION audit('user_id', '', '');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON subscriptions FOR EACH ROW EXECUTE FUNCTION audit('id', '', 'stripe_synced_at');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON donations FOR EACH ROW EXECUTE FUNCTION audit('id', 'donor_name,donor_email,message', '');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION audit('id', '', '');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON subscription_plans FOR EACH ROW EXECUTE FUNCTION audit('id', '', '');
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON organisation_settings FOR EACH ROW EXECUTE FUNCTION audit('singleton', '', '');
--> statement-breakpoint
INSERT INTO storage_usage DEFAULT VALUES;
--> statement-breakpoint
INSERT INTO organisation_settings DEFAULT VALUES;
