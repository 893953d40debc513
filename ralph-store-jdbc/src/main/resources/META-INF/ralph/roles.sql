-- The two roles a cluster needs, to be run once by whoever administers the database, in Ralph's database:
--   ralph_migrator owns the schema and runs the migrations (MigrationMode.RUN);
--   ralph_app is what nodes log in as (MigrationMode.VALIDATE): it reads and writes rows and can neither change nor drop
--   a table. Partitions are made and dropped for it by functions that belong to ralph_migrator.
-- Set their passwords yourself: ALTER ROLE ralph_app PASSWORD '…'. Running this again changes nothing.

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ralph_migrator') THEN
        CREATE ROLE ralph_migrator LOGIN;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ralph_app') THEN
        CREATE ROLE ralph_app LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO ralph_migrator', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO ralph_app', current_database());
END
$$;

-- A node that is stopped in the middle of a transaction must not keep its locks.
ALTER ROLE ralph_app SET idle_in_transaction_session_timeout = '15s';

DO $$
BEGIN
    -- The schema was made before the roles were.
    IF to_regprocedure('ralph.grant_application(name)') IS NOT NULL THEN
        PERFORM ralph.grant_application('ralph_app');
    END IF;
END
$$;
