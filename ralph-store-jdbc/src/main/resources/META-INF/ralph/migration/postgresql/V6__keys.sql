-- Content is sealed with data keys, which lie here wrapped by a key that does not. ADR 0020 says why it is done like this.

-- Live nodes wait behind these locks: rather fail, and be run again, than queue them up behind a long query.
SET LOCAL lock_timeout = '2s';

CREATE TABLE ralph.data_keys (
    id           uuid        PRIMARY KEY,
    subject      text,
    made_at      timestamptz NOT NULL,
    key_id       text        NOT NULL,
    wrapped      bytea,
    destroyed_at timestamptz,
    CONSTRAINT data_keys_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) WITH (
    -- A key that was destroyed is to go from the disk, too, not only when a fifth of them has.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 1
);
COMMENT ON COLUMN ralph.data_keys.subject IS 'about whom what it seals is; null for runs about nobody, and once destroyed';
COMMENT ON COLUMN ralph.data_keys.key_id IS 'of the key that wraps it';
COMMENT ON COLUMN ralph.data_keys.wrapped IS 'the key itself, sealed; null once it was destroyed';
CREATE INDEX data_keys_subject ON ralph.data_keys (subject, made_at DESC) WHERE wrapped IS NOT NULL;
CREATE INDEX data_keys_key ON ralph.data_keys (key_id) WHERE wrapped IS NOT NULL;

ALTER TABLE ralph.orchestrations
    ADD COLUMN data_key uuid,
    ADD COLUMN erased_at timestamptz;
COMMENT ON COLUMN ralph.orchestrations.data_key IS 'what the run''s content is sealed with; null if it is in clear';
COMMENT ON COLUMN ralph.orchestrations.erased_at IS 'when what it said of its subject was erased; nobody finds it since';
CREATE INDEX orchestrations_clear ON ralph.orchestrations (id) WHERE data_key IS NULL;

ALTER FUNCTION ralph.grant_application(name) RENAME TO grant_application_before_v6;

CREATE FUNCTION ralph.grant_application(application name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ralph.grant_application_before_v6(application);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON ralph.data_keys TO %I', application);
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
