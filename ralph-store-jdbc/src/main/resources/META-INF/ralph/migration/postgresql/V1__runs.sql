-- Runs and what they record. ADR 0012 says why it is laid out like this.
-- Everything but the run's own row, its agents and labels and the shared budgets is partitioned by month of submission:
-- run ids are UUIDs of version 7, so a range of ids is a range of time.

-- Statuses, reasons and the like have no check constraints: a newer node may know more of them than an older one.
CREATE TABLE ralph.orchestrations (
    id               uuid        PRIMARY KEY,
    task_id          text        UNIQUE,
    tenant           text,
    subject          text,
    agent_type       text        NOT NULL,
    status           text        NOT NULL,
    reason           text,
    verification     text        NOT NULL,
    detail           text,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    started_at       timestamptz,
    completed_at     timestamptz,
    wake_at          timestamptz,
    metadata         jsonb       NOT NULL,
    metrics          jsonb       NOT NULL,
    owner            text,
    epoch            bigint      NOT NULL,
    lease_token      uuid,
    lease_until      timestamptz,
    version          bigint      NOT NULL,
    state_version    integer     NOT NULL,
    state            bytea       NOT NULL,
    commands_last    bigint      NOT NULL,
    commands_through bigint      NOT NULL,
    last_event       bigint      NOT NULL
) WITH (
    -- Every step rewrites the row: room in the page keeps the new version beside the old one, out of the indexes.
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.02
);
COMMENT ON COLUMN ralph.orchestrations.agent_type IS 'the first agent it names, or auto';
COMMENT ON COLUMN ralph.orchestrations.metadata IS 'labels and agents, as submitted';
COMMENT ON COLUMN ralph.orchestrations.metrics IS 'progress: iterations, attempts, tokens, cost by kind, runtime';
COMMENT ON COLUMN ralph.orchestrations.lease_token IS 'of the last claim; outlives the lease, so that a repeated step is recognised';
COMMENT ON COLUMN ralph.orchestrations.state IS 'where the machine stands; only its codec reads it';

CREATE INDEX orchestrations_created ON ralph.orchestrations (created_at DESC, id DESC);
CREATE INDEX orchestrations_status ON ralph.orchestrations (status, created_at DESC, id DESC);
CREATE INDEX orchestrations_agent_type ON ralph.orchestrations (agent_type, status, created_at);
CREATE INDEX orchestrations_tenant ON ralph.orchestrations (tenant, created_at DESC, id DESC) WHERE tenant IS NOT NULL;
CREATE INDEX orchestrations_subject ON ralph.orchestrations (subject) WHERE subject IS NOT NULL;

CREATE TABLE ralph.run_agents (
    run_id     uuid        NOT NULL REFERENCES ralph.orchestrations ON DELETE CASCADE,
    agent      text        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, agent)
);
CREATE INDEX run_agents_agent ON ralph.run_agents (agent, created_at DESC, run_id DESC);

CREATE TABLE ralph.run_labels (
    run_id     uuid        NOT NULL REFERENCES ralph.orchestrations ON DELETE CASCADE,
    name       text        NOT NULL,
    label      text        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, name)
);
CREATE INDEX run_labels_label ON ralph.run_labels (name, label, created_at DESC, run_id DESC);

CREATE TABLE ralph.budgets (
    name            text    PRIMARY KEY,
    max_tokens      bigint,
    max_cost        numeric,
    consumed_tokens bigint  NOT NULL,
    consumed_cost   numeric NOT NULL,
    reserved_tokens bigint  NOT NULL,
    reserved_cost   numeric NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);

-- Content (prompts, output, guidance) is bytea: what seals it later changes bytes, not the schema.
CREATE TABLE ralph.specs (
    run_id  uuid    NOT NULL,
    version integer NOT NULL,
    content bytea   NOT NULL,
    PRIMARY KEY (run_id)
) PARTITION BY RANGE (run_id);

CREATE TABLE ralph.attempts (
    run_id                    uuid        NOT NULL,
    iteration                 integer     NOT NULL,
    attempt                   integer     NOT NULL,
    agent                     text        NOT NULL,
    status                    text        NOT NULL,
    started_at                timestamptz NOT NULL,
    ended_at                  timestamptz,
    failure                   text,
    message                   text,
    reserved_tokens           bigint      NOT NULL,
    reserved_cost             numeric     NOT NULL,
    input_tokens              bigint,
    output_tokens             bigint,
    cache_read_tokens         bigint,
    cache_write_tokens        bigint,
    cost                      numeric     NOT NULL,
    cost_kind                 text        NOT NULL,
    noted_input_tokens        bigint,
    noted_output_tokens       bigint,
    noted_cache_read_tokens   bigint,
    noted_cache_write_tokens  bigint,
    noted_cost                numeric,
    noted_cost_kind           text,
    output_ref                text,
    output_bytes              bigint,
    output_cut                boolean,
    PRIMARY KEY (run_id, iteration, attempt)
) PARTITION BY RANGE (run_id);
COMMENT ON COLUMN ralph.attempts.noted_cost_kind IS 'noted_*: reported while in flight; null before the first report and once settled';
COMMENT ON COLUMN ralph.attempts.output_bytes IS 'how much was printed; null where full outputs are not kept';
COMMENT ON COLUMN ralph.attempts.output_ref IS 'the artifact that holds it; null if it could not be kept';
CREATE INDEX attempts_ended ON ralph.attempts USING brin (ended_at);

CREATE TABLE ralph.iterations (
    run_id            uuid        NOT NULL,
    iteration         integer     NOT NULL,
    attempts          integer     NOT NULL,
    agent             text        NOT NULL,
    status            text        NOT NULL,
    claimed           boolean     NOT NULL,
    workspace_changed boolean     NOT NULL,
    output_cut        boolean     NOT NULL,
    started_at        timestamptz NOT NULL,
    ended_at          timestamptz NOT NULL,
    output_preview    bytea       NOT NULL,
    PRIMARY KEY (run_id, iteration)
) PARTITION BY RANGE (run_id);

CREATE TABLE ralph.gates (
    run_id       uuid    NOT NULL,
    iteration    integer NOT NULL,
    step         bigint  NOT NULL,
    ordinal      integer NOT NULL,
    gate         text    NOT NULL,
    passed       boolean NOT NULL,
    feedback     bytea   NOT NULL,
    took_nanos   bigint  NOT NULL,
    output_ref   text,
    output_bytes bigint,
    output_cut   boolean,
    PRIMARY KEY (run_id, iteration, step, ordinal)
) PARTITION BY RANGE (run_id);
COMMENT ON COLUMN ralph.gates.step IS 'version of the run that added it: with ordinal, the order of adding';

CREATE TABLE ralph.checkpoints (
    run_id    uuid        NOT NULL,
    number    integer     NOT NULL,
    iteration integer     NOT NULL,
    ref_name  text        NOT NULL,
    commit_id text        NOT NULL,
    made_at   timestamptz NOT NULL,
    PRIMARY KEY (run_id, number)
) PARTITION BY RANGE (run_id);

CREATE TABLE ralph.events (
    run_id      uuid        NOT NULL,
    seq         bigint      NOT NULL,
    event_type  text        NOT NULL,
    happened_at timestamptz NOT NULL,
    version     integer     NOT NULL,
    content     bytea       NOT NULL,
    PRIMARY KEY (run_id, seq)
) PARTITION BY RANGE (run_id);

CREATE TABLE ralph.commands (
    run_id      uuid        NOT NULL,
    number      bigint      NOT NULL,
    command_id  uuid        NOT NULL,
    kind        text        NOT NULL,
    content     bytea,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, number),
    UNIQUE (run_id, command_id)
) PARTITION BY RANGE (run_id);

-- Takes what no month covers, so that a node with a wrong clock can still submit.
CREATE TABLE ralph.specs_default PARTITION OF ralph.specs DEFAULT;
CREATE TABLE ralph.attempts_default PARTITION OF ralph.attempts DEFAULT;
CREATE TABLE ralph.iterations_default PARTITION OF ralph.iterations DEFAULT;
CREATE TABLE ralph.gates_default PARTITION OF ralph.gates DEFAULT;
CREATE TABLE ralph.checkpoints_default PARTITION OF ralph.checkpoints DEFAULT;
CREATE TABLE ralph.events_default PARTITION OF ralph.events DEFAULT;
CREATE TABLE ralph.commands_default PARTITION OF ralph.commands DEFAULT;

-- One row: the oldest node that can work with this schema. A migration that an older node cannot live with raises it.
CREATE TABLE ralph.schema_needs (
    oldest_node integer NOT NULL
);
INSERT INTO ralph.schema_needs (oldest_node) VALUES (1);

-- The lowest run id of a moment.
CREATE FUNCTION ralph.run_id_at(moment timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp
AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

CREATE FUNCTION ralph.run_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY['specs', 'attempts', 'iterations', 'gates', 'checkpoints', 'events', 'commands']
$$;

-- Makes the partitions of this month and the next ones; those that are there already stay. Returns how many it made.
-- Waits for locks for 2 seconds at most, so that traffic is never held up; call it again later then.
CREATE FUNCTION ralph.make_partitions(months_ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    month  timestamp;
    parent text;
    child  text;
    made   integer := 0;
BEGIN
    IF months_ahead NOT BETWEEN 0 AND 60 THEN
        RAISE EXCEPTION 'months_ahead % must be from 0 to 60', months_ahead USING ERRCODE = '22023';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('ralph.partitions', 0));
    FOR month IN
        SELECT generate_series(
            date_trunc('month', (clock_timestamp() - interval '1 day') AT TIME ZONE 'UTC'),
            date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + make_interval(months => months_ahead),
            interval '1 month')
    LOOP
        FOREACH parent IN ARRAY ralph.run_tables() LOOP
            child := parent || to_char(month, '"_y"YYYY"m"MM');
            CONTINUE WHEN to_regclass('ralph.' || child) IS NOT NULL;
            BEGIN
                -- Attaching locks the parent less than PARTITION OF does.
                EXECUTE format('CREATE TABLE ralph.%I (LIKE ralph.%I INCLUDING ALL)', child, parent);
                EXECUTE format(
                    'ALTER TABLE ralph.%I ATTACH PARTITION ralph.%I FOR VALUES FROM (%L) TO (%L)',
                    parent, child,
                    ralph.run_id_at(month AT TIME ZONE 'UTC'),
                    ralph.run_id_at((month + interval '1 month') AT TIME ZONE 'UTC'));
                made := made + 1;
            EXCEPTION WHEN check_violation THEN
                RAISE WARNING 'rows of % are in %_default already and stay there', child, parent;
            END;
        END LOOP;
    END LOOP;
    RETURN made;
END
$$;

-- Months before yesterday that have partitions and no run that is unfinished or ended less than the retention ago.
CREATE FUNCTION ralph.expired_months(retention interval) RETURNS TABLE (month date, from_id uuid, to_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT m.month, m.from_id, m.to_id
    FROM (
        SELECT DISTINCT
            d.month,
            ralph.run_id_at(d.month::timestamp AT TIME ZONE 'UTC') AS from_id,
            ralph.run_id_at((d.month + interval '1 month')::timestamp AT TIME ZONE 'UTC') AS to_id
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        CROSS JOIN LATERAL (SELECT to_date(substring(c.relname FROM '_y(\d{4}m\d{2})$'), 'YYYY"m"MM') AS month) d
        WHERE i.inhparent = ANY (SELECT ('ralph.' || t)::regclass FROM unnest(ralph.run_tables()) AS t)
          AND d.month IS NOT NULL
    ) m
    WHERE m.to_id < ralph.run_id_at(clock_timestamp() - interval '1 day')
      AND NOT EXISTS (
        SELECT 1 FROM ralph.orchestrations o
        WHERE o.id >= m.from_id AND o.id < m.to_id
          AND (o.status NOT IN ('COMPLETED', 'STOPPED', 'FAILED')
               OR coalesce(o.completed_at, o.updated_at) >= clock_timestamp() - retention))
    ORDER BY m.month
$$;

-- Drops one table's partition of a month in which no run is left. One table a transaction: steps take their locks on
-- several tables, and so can never wait for us in a circle. Returns whether it dropped one.
CREATE FUNCTION ralph.drop_partition(parent text, month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    child   text := parent || to_char(month, '"_y"YYYY"m"MM');
    from_id uuid := ralph.run_id_at(date_trunc('month', month::timestamp) AT TIME ZONE 'UTC');
    to_id   uuid := ralph.run_id_at((date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC');
BEGIN
    IF parent <> ALL (ralph.run_tables()) THEN
        RAISE EXCEPTION '% is no table of runs', parent USING ERRCODE = '22023';
    END IF;
    IF to_id >= ralph.run_id_at(clock_timestamp() - interval '1 day') THEN
        RAISE EXCEPTION 'month % is not over', month USING ERRCODE = '22023';
    END IF;
    IF to_regclass('ralph.' || child) IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('LOCK TABLE ralph.%I IN ACCESS EXCLUSIVE MODE', child);
    IF EXISTS (SELECT 1 FROM ralph.orchestrations o WHERE o.id >= from_id AND o.id < to_id) THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE ralph.%I', child);
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION ralph.make_partitions(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION ralph.expired_months(interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION ralph.drop_partition(text, date) FROM PUBLIC;

-- What a node needs and no more: rows, and the functions above. Later migrations replace and call it again.
CREATE FUNCTION ralph.grant_application(application name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    table_name text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA ralph TO %I', application);
    FOREACH table_name IN ARRAY
        ralph.run_tables() || ARRAY['orchestrations', 'run_agents', 'run_labels', 'budgets']
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
REVOKE ALL ON FUNCTION ralph.grant_application(name) FROM PUBLIC;

SELECT ralph.make_partitions(3);

DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ralph_app') THEN
        PERFORM ralph.grant_application('ralph_app');
    END IF;
END
$$;
