-- The events of a series share a cover: a file goes once no row of its table refers to it any more. The lock makes two who let
-- go of it at once wait for each other, so that the second sees that it was the last.
CREATE OR REPLACE FUNCTION release_file() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  file uuid := (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
  needed boolean;
BEGIN
  PERFORM FROM stored_files WHERE id = file FOR UPDATE;
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', TG_TABLE_NAME, TG_ARGV[0]) INTO needed USING file;
  IF NOT needed THEN
    UPDATE stored_files SET status = 'deleted' WHERE id = file;
  END IF;
  RETURN NULL;
END $$;
