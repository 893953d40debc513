-- The tables of postgresql/V3 without partitions, triggers and functions.
CREATE SCHEMA IF NOT EXISTS audit;
CREATE SEQUENCE IF NOT EXISTS audit.activity_log_id;

CREATE TABLE IF NOT EXISTS audit.activity_log (
    id         BIGINT DEFAULT NEXT VALUE FOR audit.activity_log_id PRIMARY KEY,
    timestamp  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    user_id    VARCHAR NOT NULL,
    action     VARCHAR NOT NULL,
    resource   VARCHAR NOT NULL,
    details    VARCHAR NOT NULL,
    ip_address VARCHAR,
    entry_id   UUID NOT NULL,
    run_id     UUID,
    tenant     VARCHAR,
    outcome    VARCHAR NOT NULL,
    node       VARCHAR NOT NULL,
    key_id     VARCHAR,
    mac        VARBINARY,
    CHECK (timestamp >= TIMESTAMP WITH TIME ZONE '2000-01-01 00:00:00+00'
        AND timestamp < TIMESTAMP WITH TIME ZONE '2200-01-01 00:00:00+00')
);
CREATE INDEX IF NOT EXISTS audit.activity_log_entry ON audit.activity_log (entry_id);
CREATE INDEX IF NOT EXISTS audit.activity_log_run ON audit.activity_log (run_id, id);
CREATE INDEX IF NOT EXISTS audit.activity_log_user ON audit.activity_log (user_id, id);
CREATE INDEX IF NOT EXISTS audit.activity_log_tenant ON audit.activity_log (tenant, id);
CREATE INDEX IF NOT EXISTS audit.activity_log_timestamp ON audit.activity_log (timestamp);

CREATE TABLE IF NOT EXISTS audit.seals (
    batch       BIGINT PRIMARY KEY,
    first_id    BIGINT NOT NULL,
    last_id     BIGINT NOT NULL,
    row_count   INTEGER NOT NULL,
    signed_from BIGINT NOT NULL,
    digest      VARBINARY NOT NULL,
    previous    VARBINARY NOT NULL,
    key_id      VARCHAR NOT NULL,
    mac         VARBINARY NOT NULL,
    sealed_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- H2 cannot tell which transactions are open. Whoever writes entries holds the first row until it commits, so that their
-- numbers come in the order of commits, and whoever seals holds the second.
CREATE TABLE IF NOT EXISTS audit.turns (
    turn INTEGER PRIMARY KEY
);
MERGE INTO audit.turns (turn) KEY (turn) VALUES (1), (2);
