-- The audit trail: who did what to which run. ADR 0019 says why it is laid out like this.

CREATE SCHEMA audit;

CREATE SEQUENCE audit.activity_log_id AS bigint;

CREATE TABLE audit.activity_log (
    -- A transaction has its own id before it draws this one: whoever seals can tell which transactions may still bring
    -- lower numbers. CASE looks at its condition first.
    id         bigint      NOT NULL
        DEFAULT CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('audit.activity_log_id') END,
    timestamp  timestamptz NOT NULL,
    user_id    text        NOT NULL,
    action     text        NOT NULL,
    resource   text        NOT NULL,
    details    jsonb       NOT NULL,
    ip_address inet,
    entry_id   uuid        NOT NULL,
    run_id     uuid,
    tenant     text,
    outcome    text        NOT NULL,
    node       text        NOT NULL,
    key_id     text,
    mac        bytea,
    -- Nobody counts further, and whoever could write such a value would stop what comes after it from being sealed.
    CONSTRAINT activity_log_id CHECK (id BETWEEN 1 AND 4611686018427387903),
    CONSTRAINT activity_log_time CHECK (timestamp >= '2000-01-01 00:00:00+00' AND timestamp < '2200-01-01 00:00:00+00'),
    PRIMARY KEY (id, timestamp)
) PARTITION BY RANGE (timestamp);
COMMENT ON COLUMN audit.activity_log.timestamp IS 'by the clock of the node that wrote it';
COMMENT ON COLUMN audit.activity_log.key_id IS 'which key the node signed it with; null if it had none';
COMMENT ON COLUMN audit.activity_log.mac IS 'HMAC-SHA-256 over all other columns but id';

CREATE INDEX activity_log_entry ON audit.activity_log (entry_id);
CREATE INDEX activity_log_run ON audit.activity_log (run_id, id) WHERE run_id IS NOT NULL;
CREATE INDEX activity_log_user ON audit.activity_log (user_id, id);
CREATE INDEX activity_log_tenant ON audit.activity_log (tenant, id) WHERE tenant IS NOT NULL;
CREATE INDEX activity_log_timestamp ON audit.activity_log USING brin (timestamp);

-- Takes what no month covers, so that a node with a wrong clock can still write.
CREATE TABLE audit.activity_log_default PARTITION OF audit.activity_log DEFAULT;

-- Each seals the entries from first_id to last_id, numbers without an entry included. Never dropped: without the first ones,
-- the later ones would hang in the air.
CREATE TABLE audit.seals (
    batch       bigint      PRIMARY KEY,
    first_id    bigint      NOT NULL,
    last_id     bigint      NOT NULL,
    row_count   integer     NOT NULL,
    signed_from bigint      NOT NULL,
    digest      bytea       NOT NULL,
    previous    bytea       NOT NULL,
    key_id      text        NOT NULL,
    mac         bytea       NOT NULL,
    sealed_at   timestamptz NOT NULL,
    CONSTRAINT seals_ids CHECK (batch BETWEEN 1 AND 4611686018427387903 AND last_id BETWEEN 1 AND 4611686018427387903),
    CONSTRAINT seals_time CHECK (sealed_at >= '2000-01-01 00:00:00+00' AND sealed_at < '2200-01-01 00:00:00+00')
);
COMMENT ON COLUMN audit.seals.digest IS 'SHA-256 over its entries, in the order of their ids';
COMMENT ON COLUMN audit.seals.previous IS 'mac of the batch before; empty for the first';
COMMENT ON COLUMN audit.seals.signed_from IS 'entries from this id on have a mac; the same in all batches';

-- How many days months are kept after their end; null for ever. The owner's: what a node is told drops nothing earlier.
CREATE TABLE audit.retention (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    days integer CHECK (days >= 30)
);
INSERT INTO audit.retention DEFAULT VALUES;

-- Rights keep nodes from changing what is written; this keeps the owner from it too, unless it means to.
CREATE FUNCTION audit.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only added to: % of %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = '42501';
END
$$;

-- Triggers for rows come down to the partitions by themselves, those for statements do not.
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit.activity_log
    FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit.activity_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit.activity_log_default
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit.seals
    FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit.seals
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

-- Makes the partitions of this month and the next ones. Refused are months of which the default partition has entries.
CREATE FUNCTION audit.make_partitions(months_ahead integer, OUT made integer, OUT refused integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    month timestamp;
    child text;
BEGIN
    made := 0;
    refused := 0;
    IF months_ahead NOT BETWEEN 0 AND 60 THEN
        RAISE EXCEPTION 'months_ahead % must be from 0 to 60', months_ahead USING ERRCODE = '22023';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('audit.partitions', 0));
    FOR month IN
        SELECT generate_series(
            date_trunc('month', (clock_timestamp() - interval '1 day') AT TIME ZONE 'UTC'),
            date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + make_interval(months => months_ahead),
            interval '1 month')
    LOOP
        child := 'activity_log' || to_char(month, '"_y"YYYY"m"MM');
        CONTINUE WHEN to_regclass('audit.' || child) IS NOT NULL;
        BEGIN
            EXECUTE format('CREATE TABLE audit.%I (LIKE audit.activity_log INCLUDING ALL)', child);
            EXECUTE format(
                'CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit.%I'
                ' FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', child);
            EXECUTE format(
                'ALTER TABLE audit.activity_log ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)',
                child, month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
            made := made + 1;
        EXCEPTION WHEN check_violation THEN
            refused := refused + 1;
        END;
    END LOOP;
END
$$;

-- Months that have a partition and were over so long ago, as long as the owner's retention at least.
CREATE FUNCTION audit.expired_months(retention interval) RETURNS SETOF date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT m.month
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    CROSS JOIN LATERAL (SELECT to_date(substring(c.relname FROM '_y(\d{4}m\d{2})$'), 'YYYY"m"MM') AS month) m
    WHERE i.inhparent = 'audit.activity_log'::regclass
      AND m.month IS NOT NULL
      AND (m.month + interval '1 month')::timestamp AT TIME ZONE 'UTC' < clock_timestamp()
          - greatest(expired_months.retention, (SELECT r.days * interval '1 day' FROM audit.retention r WHERE r.days IS NOT NULL))
      AND EXISTS (SELECT 1 FROM audit.retention r WHERE r.days IS NOT NULL)
    ORDER BY m.month
$$;

-- Drops the partition of a month that is past the owner's retention; whoever calls it adds a signed entry that says so, or
-- its entries count as missing. That entry tells what its node read, so nothing is dropped if the highest id is not that any
-- more (0 for none). Returns whether it was dropped.
CREATE FUNCTION audit.drop_partition(month date, through bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    child   text := 'activity_log' || to_char(month, '"_y"YYYY"m"MM');
    ended   timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
    kept    integer := (SELECT r.days FROM audit.retention r);
    highest bigint;
BEGIN
    IF kept IS NULL OR ended >= clock_timestamp() - make_interval(days => greatest(kept, 30)) THEN
        RAISE EXCEPTION 'month % is not past the retention in audit.retention: % days, 30 or more after its end',
            month, coalesce(kept::text, 'no') USING ERRCODE = '22023';
    END IF;
    IF to_regclass('audit.' || child) IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('LOCK TABLE audit.%I IN ACCESS EXCLUSIVE MODE', child);
    EXECUTE format('SELECT coalesce(max(id), 0) FROM audit.%I', child) INTO highest;
    IF highest IS DISTINCT FROM through THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE audit.%I', child);
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION audit.make_partitions(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit.expired_months(interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit.drop_partition(date, bigint) FROM PUBLIC;

-- As before, and of the audit trail: reading, adding, and the functions above.
CREATE OR REPLACE FUNCTION ralph.grant_application(application name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    table_name text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA ralph, audit TO %I', application);
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
    EXECUTE format('GRANT SELECT ON audit.activity_log TO %I', application);
    -- Not the id: that comes from the sequence.
    EXECUTE format('GRANT INSERT (timestamp, user_id, action, resource, details, ip_address, entry_id, run_id, tenant,'
        ' outcome, node, key_id, mac) ON audit.activity_log TO %I', application);
    EXECUTE format('GRANT SELECT, INSERT ON audit.seals TO %I', application);
    EXECUTE format('GRANT SELECT ON audit.retention TO %I', application);
    EXECUTE format('GRANT USAGE ON SEQUENCE audit.activity_log_id TO %I', application);
    EXECUTE format('GRANT EXECUTE ON FUNCTION audit.make_partitions(integer) TO %I', application);
    EXECUTE format('GRANT EXECUTE ON FUNCTION audit.expired_months(interval) TO %I', application);
    EXECUTE format('GRANT EXECUTE ON FUNCTION audit.drop_partition(date, bigint) TO %I', application);
END
$$;

SELECT audit.make_partitions(3);

DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ralph_app') THEN
        PERFORM ralph.grant_application('ralph_app');
    END IF;
END
$$;
