-- Sessions that idle out, fresh sign-ins and second factors; the last superadmin; more audit; the application's own role.

-- An old session is as fresh as it is old.
UPDATE sessions SET authenticated_at = created_at;
--> statement-breakpoint
-- The Worker before calls it with five arguments, and goes on doing so until the new one is deployed.
DROP FUNCTION authorize(uuid, uuid, text, userstatus[], text);
--> statement-breakpoint
-- The first statement of every signed-in request: the session lives (30 days at most, 7 unused), the person's status is one
-- of `p_statuses` (null: any), and one of their roles holds `p_permission` (null: none needed). `p_second_factor`: roles that
-- require a second factor want it. `p_fresh`: who they are was proved within 15 minutes.
CREATE FUNCTION authorize(p_user_id uuid, p_session_id uuid, p_permission text, p_statuses userstatus[], p_request_id text,
  p_second_factor boolean DEFAULT false, p_fresh boolean DEFAULT false)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  current_status userstatus;
  proved_at timestamptz;
  has_second_factor boolean;
BEGIN
  SELECT u.status, s.authenticated_at, s.second_factor_at IS NOT NULL INTO current_status, proved_at, has_second_factor
  FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = p_session_id AND s.user_id = p_user_id AND s.revoked_at IS NULL
    AND s.expires_at > now() AND s.last_used_at > now() - interval '7 days'
    -- Started without the second factor while it was being set up elsewhere.
    AND (s.second_factor_at IS NOT NULL OR NOT EXISTS (
      SELECT FROM second_factors f WHERE f.user_id = p_user_id AND f.confirmed_at IS NOT NULL));

  PERFORM ensure(current_status IS NOT NULL, 401, 'session_ended', 'This session has ended. Please sign in again.');
  PERFORM ensure(p_statuses IS NULL OR current_status = ANY (p_statuses), 403, 'status_not_allowed',
    'Your membership status does not allow this.');
  PERFORM ensure(p_permission IS NULL OR EXISTS (
    SELECT FROM user_role_assignments a
    JOIN role_permissions rp ON rp.role_id = a.role_id
    JOIN permissions p ON p.id = rp.permission_id
    WHERE a.user_id = p_user_id AND p.code = p_permission
  ), 403, 'permission_missing', 'You do not have the permission this needs.');
  PERFORM ensure(NOT p_second_factor OR has_second_factor OR NOT EXISTS (
    SELECT FROM user_role_assignments a JOIN roles r ON r.id = a.role_id
    WHERE a.user_id = p_user_id AND r.second_factor_required
  ), 403, 'second_factor_required', 'Your role needs a second factor. Please set one up first.');
  PERFORM ensure(NOT p_fresh OR proved_at > now() - interval '15 minutes', 403, 'reauthentication_required',
    'Please confirm that it is you: give your password or second factor again.');

  PERFORM identify(p_user_id, p_request_id);

  -- Last use is worth a write every five minutes, and never worth waiting for.
  UPDATE sessions SET last_used_at = now() WHERE id IN (
    SELECT id FROM sessions
    WHERE id = p_session_id AND last_used_at < now() - interval '5 minutes'
    FOR UPDATE SKIP LOCKED
  );
END $$;
--> statement-breakpoint
-- Somebody who may do everything must remain, and be able to: with a status that keeps a volunteer's powers. Those who
-- would leave wait for each other at the role's row, and the later one counts what the earlier one left.
CREATE FUNCTION keep_a_superadmin() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  superadmin uuid := (SELECT id FROM roles WHERE code = 'superadmin');
  powers CONSTANT userstatus[] := '{pending_validation,pre_validated,payment_pending,active}';
BEGIN
  IF TG_TABLE_NAME = 'users' THEN
    IF NOT OLD.status = ANY (powers) OR NEW.status = ANY (powers) THEN RETURN NULL; END IF;
    IF NOT EXISTS (SELECT FROM user_role_assignments WHERE user_id = NEW.id AND role_id = superadmin) THEN
      RETURN NULL;
    END IF;
  ELSIF OLD.role_id <> superadmin THEN
    RETURN NULL;
  END IF;
  PERFORM FROM roles WHERE id = superadmin FOR NO KEY UPDATE;
  PERFORM ensure(EXISTS (
    SELECT FROM user_role_assignments a JOIN users u ON u.id = a.user_id
    WHERE a.role_id = superadmin AND u.status = ANY (powers)
  ), 409, 'last_superadmin', 'Somebody must remain who may do everything. Make someone else a superadmin first.');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_a_superadmin AFTER DELETE ON user_role_assignments
FOR EACH ROW EXECUTE FUNCTION keep_a_superadmin();
--> statement-breakpoint
CREATE TRIGGER keep_a_superadmin AFTER UPDATE OF status ON users
FOR EACH ROW EXECUTE FUNCTION keep_a_superadmin();
--> statement-breakpoint
-- The roles that come with the platform are neither deleted nor weakened. A permission goes to the superadmin by
-- `npm run db:seed`; a migration that takes one away disables this for itself.
CREATE FUNCTION protect_system_role() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  is_system boolean := CASE TG_TABLE_NAME
    WHEN 'roles' THEN (to_jsonb(OLD) ->> 'system')::boolean
    ELSE coalesce((SELECT system FROM roles WHERE id = (to_jsonb(OLD) ->> 'role_id')::uuid), false) END;
BEGIN
  PERFORM ensure(NOT is_system, 409, 'system_role',
    'This role comes with the platform: it can be neither deleted nor weakened.');
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER protect_system_role BEFORE DELETE ON roles
FOR EACH ROW EXECUTE FUNCTION protect_system_role();
--> statement-breakpoint
CREATE TRIGGER protect_system_role BEFORE DELETE ON role_permissions
FOR EACH ROW EXECUTE FUNCTION protect_system_role();
--> statement-breakpoint
-- Who signed in, who could not, and which session ended why. Subjects are people; an unknown address is not written down.
CREATE FUNCTION audit_attempt() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_log (request_id, actor_id, action, subject_type, subject_id)
  VALUES (nullif(current_setting('app.request_id', true), ''), CASE WHEN NEW.succeeded THEN NEW.user_id END,
    NEW.purpose || CASE WHEN NEW.succeeded THEN '.succeeded' ELSE '.failed' END, 'users', NEW.user_id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_attempt AFTER UPDATE OF succeeded ON login_attempts
FOR EACH ROW WHEN (OLD.succeeded IS NULL AND NEW.succeeded IS NOT NULL) EXECUTE FUNCTION audit_attempt();
--> statement-breakpoint
CREATE FUNCTION audit_session_end() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_log (request_id, actor_id, action, subject_type, subject_id)
  VALUES (nullif(current_setting('app.request_id', true), ''),
    nullif(current_setting('app.actor_id', true), '')::uuid,
    'session.' || NEW.revoked_reason, 'users', NEW.user_id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_session_end AFTER UPDATE OF revoked_at ON sessions
FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION audit_session_end();
--> statement-breakpoint
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON second_factors FOR EACH ROW
EXECUTE FUNCTION audit('user_id', 'secret_encrypted', 'id,last_used_step');
--> statement-breakpoint
CREATE TRIGGER audit AFTER UPDATE ON recovery_codes FOR EACH ROW
EXECUTE FUNCTION audit('user_id', 'code_hash', 'id');
--> statement-breakpoint
-- What the application itself may do. It owns nothing and cannot change the schema, and the audit log it can only read and
-- add to. Roles belong to the whole server: another database of it may have made this one already.
DO $$
BEGIN
  CREATE ROLE loaf_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO loaf_app;
--> statement-breakpoint
-- A temporary table is found before the one of its name: triggers would write the audit into whoever's own.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO loaf_app;
--> statement-breakpoint
GRANT INSERT ON audit_log TO loaf_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON users, sessions, account_tokens, login_attempts, second_factors, recovery_codes, roles, emails,
  stripe_events, subscriptions TO loaf_app;
--> statement-breakpoint
GRANT INSERT ON role_permissions, user_role_assignments TO loaf_app;
--> statement-breakpoint
GRANT DELETE ON users, sessions, account_tokens, login_attempts, second_factors, recovery_codes, emails, roles,
  role_permissions, user_role_assignments TO loaf_app;
