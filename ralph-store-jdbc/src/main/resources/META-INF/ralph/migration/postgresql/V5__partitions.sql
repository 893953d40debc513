-- Partitions are made one at a time, so that a table that cannot have its partition now keeps no other from its own. Nodes
-- that know no V5 go on with make_partitions.

-- Which partitions of this month and the next ones are not there, the earliest first.
CREATE FUNCTION ralph.missing_partitions(months_ahead integer) RETURNS TABLE (parent text, month date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.parent, m.month::date
    FROM generate_series(
            date_trunc('month', (clock_timestamp() - interval '1 day') AT TIME ZONE 'UTC'),
            date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + make_interval(months => months_ahead),
            interval '1 month') AS m (month)
    CROSS JOIN unnest(ralph.run_tables()) AS t (parent)
    WHERE to_regclass('ralph.' || t.parent || to_char(m.month, '"_y"YYYY"m"MM')) IS NULL
    ORDER BY m.month, t.parent
$$;

-- Makes one of them. Returns false if it is there, or rows of its month are in the default partition: they stay there, and
-- go by themselves once they are past retention. Scans the default partition, so call it with a statement time-out.
CREATE FUNCTION ralph.make_partition(parent text, month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    first   timestamp := date_trunc('month', month::timestamp);
    child   text := parent || to_char(first, '"_y"YYYY"m"MM');
    from_id uuid := ralph.run_id_at(first AT TIME ZONE 'UTC');
    to_id   uuid := ralph.run_id_at((first + interval '1 month') AT TIME ZONE 'UTC');
    taken   boolean;
BEGIN
    IF parent <> ALL (ralph.run_tables()) THEN
        RAISE EXCEPTION '% is no table of runs', parent USING ERRCODE = '22023';
    END IF;
    IF first NOT BETWEEN (clock_timestamp() AT TIME ZONE 'UTC') - interval '2 months'
            AND (clock_timestamp() AT TIME ZONE 'UTC') + interval '60 months' THEN
        RAISE EXCEPTION 'month % is not near', month USING ERRCODE = '22023';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('ralph.partitions', 0));
    IF to_regclass('ralph.' || child) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM ralph.%I WHERE run_id >= %L AND run_id < %L)',
        parent || '_default', from_id, to_id) INTO taken;
    IF taken THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE ralph.%I (LIKE ralph.%I INCLUDING ALL)', child, parent);
    EXECUTE format('ALTER TABLE ralph.%I ATTACH PARTITION ralph.%I FOR VALUES FROM (%L) TO (%L)',
        parent, child, from_id, to_id);
    RETURN true;
EXCEPTION WHEN check_violation THEN
    -- A row came in between.
    RETURN false;
END
$$;

-- Deletes records in a table's default partition whose run is gone. Returns how many.
CREATE FUNCTION ralph.delete_orphans(parent text, most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    gone bigint;
BEGIN
    IF parent <> ALL (ralph.run_tables()) THEN
        RAISE EXCEPTION '% is no table of runs', parent USING ERRCODE = '22023';
    END IF;
    EXECUTE format(
        'DELETE FROM ralph.%1$I d WHERE d.ctid = ANY (ARRAY(SELECT r.ctid FROM ralph.%1$I r'
        ' WHERE NOT EXISTS (SELECT 1 FROM ralph.orchestrations o WHERE o.id = r.run_id) LIMIT %2$s))',
        parent || '_default', most);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;

REVOKE ALL ON FUNCTION ralph.missing_partitions(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION ralph.make_partition(text, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION ralph.delete_orphans(text, integer) FROM PUBLIC;

-- What was granted before, and these.
ALTER FUNCTION ralph.grant_application(name) RENAME TO grant_application_before_v5;

CREATE FUNCTION ralph.grant_application(application name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ralph.grant_application_before_v5(application);
    EXECUTE format('GRANT EXECUTE ON FUNCTION ralph.missing_partitions(integer) TO %I', application);
    EXECUTE format('GRANT EXECUTE ON FUNCTION ralph.make_partition(text, date) TO %I', application);
    EXECUTE format('GRANT EXECUTE ON FUNCTION ralph.delete_orphans(text, integer) TO %I', application);
END
$$;
REVOKE ALL ON FUNCTION ralph.grant_application(name) FROM PUBLIC;

DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ralph_app') THEN
        PERFORM ralph.grant_application('ralph_app');
    END IF;
END
$$;
