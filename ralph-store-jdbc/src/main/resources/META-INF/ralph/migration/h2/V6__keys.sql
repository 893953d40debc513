-- The tables of postgresql/V6.
CREATE TABLE IF NOT EXISTS ralph.data_keys (
    id           UUID PRIMARY KEY,
    subject      VARCHAR,
    made_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    key_id       VARCHAR NOT NULL,
    wrapped      VARBINARY,
    destroyed_at TIMESTAMP(6) WITH TIME ZONE,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
CREATE INDEX IF NOT EXISTS ralph.data_keys_subject ON ralph.data_keys (subject, made_at DESC);

ALTER TABLE ralph.orchestrations ADD COLUMN IF NOT EXISTS data_key UUID;
ALTER TABLE ralph.orchestrations ADD COLUMN IF NOT EXISTS erased_at TIMESTAMP(6) WITH TIME ZONE;
CREATE INDEX IF NOT EXISTS ralph.orchestrations_data_key ON ralph.orchestrations (data_key);
