-- The queue that nodes share. ADR 0016 says who decides what.

ALTER TABLE ralph.orchestrations
    ADD COLUMN lapses    integer NOT NULL DEFAULT 0,
    ADD COLUMN priority  integer NOT NULL DEFAULT 0,
    ADD COLUMN workspace uuid;
COMMENT ON COLUMN ralph.orchestrations.lapses IS 'owners in a row that let their lease run out without a step';
COMMENT ON COLUMN ralph.orchestrations.workspace IS 'digest of the path it works in';

-- db-scheduler's table, so the names of its columns are db-scheduler's. The last six are ours: it never reads them.
CREATE TABLE ralph.queue (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL PRIMARY KEY,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             integer     NOT NULL,
    queued_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    workspace            uuid,
    holds                boolean     NOT NULL DEFAULT false,
    blocked              boolean     NOT NULL DEFAULT false,
    woken                boolean     NOT NULL DEFAULT false,
    deaths               integer     NOT NULL DEFAULT 0
) WITH (
    -- Small, and rewritten all the time: heartbeats stay off the indexes (HOT) as long as pages have room.
    fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_threshold = 200,
    autovacuum_analyze_scale_factor = 0.02
);
COMMENT ON COLUMN ralph.queue.task_name IS 'run/N: N is the version of the run''s state, so a node picks only what it can read';
COMMENT ON COLUMN ralph.queue.task_instance IS 'the run''s id';
COMMENT ON COLUMN ralph.queue.priority IS 'twice the run''s, and one more once it has begun';
COMMENT ON COLUMN ralph.queue.holds IS 'whether the run has its workspace';
COMMENT ON COLUMN ralph.queue.blocked IS 'whether it waits until another run gives the workspace back';
COMMENT ON COLUMN ralph.queue.deaths IS 'nodes in a row that died while they had it';
COMMENT ON COLUMN ralph.queue.woken IS 'whether something changed while it was picked, so that it is due again at once';

CREATE INDEX queue_due ON ralph.queue (picked, priority DESC, execution_time);
CREATE INDEX queue_time ON ralph.queue (picked, execution_time);
CREATE UNIQUE INDEX queue_workspace ON ralph.queue (workspace) WHERE holds;
CREATE INDEX queue_blocked ON ralph.queue (workspace, priority DESC, queued_at) WHERE blocked;

CREATE OR REPLACE FUNCTION ralph.grant_application(application name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    table_name text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA ralph TO %I', application);
    FOREACH table_name IN ARRAY
        ralph.run_tables() || ARRAY['orchestrations', 'run_agents', 'run_labels', 'budgets', 'queue']
    LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ralph.%I TO %I', table_name, application);
    END LOOP;
    EXECUTE format('GRANT SELECT ON ralph.schema_needs, ralph.specs_default TO %I', application);
    IF to_regclass('ralph.ralph_schema_history') IS NOT NULL THEN
        EXECUTE format('GRANT SELECT ON ralph.ralph_schema_history TO %I', application);
    END IF;
    EXECUTE format('GRANT EXECUTE ON FUNCTION ralph.make_partitions(integer) TO %I', application);
    EXECUTE format('GRANT EXECUTE ON FUNCTION ralph.expired_months(interval) TO %I', application);
    EXECUTE format('GRANT EXECUTE ON FUNCTION ralph.drop_partition(text, date) TO %I', application);
END
$$;

DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ralph_app') THEN
        PERFORM ralph.grant_application('ralph_app');
    END IF;
END
$$;
