-- The tables of postgresql/V1 without partitions, roles and functions: one process, one file. H2 commits each statement by
-- itself, so after a crash in the middle this script runs again over what is there.

CREATE TABLE IF NOT EXISTS ralph.orchestrations (
    id               UUID PRIMARY KEY,
    task_id          VARCHAR UNIQUE,
    tenant           VARCHAR,
    subject          VARCHAR,
    agent_type       VARCHAR NOT NULL,
    status           VARCHAR NOT NULL,
    reason           VARCHAR,
    verification     VARCHAR NOT NULL,
    detail           CLOB,
    created_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    updated_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    started_at       TIMESTAMP(6) WITH TIME ZONE,
    completed_at     TIMESTAMP(6) WITH TIME ZONE,
    wake_at          TIMESTAMP(6) WITH TIME ZONE,
    metadata         CLOB NOT NULL,
    metrics          CLOB NOT NULL,
    owner            VARCHAR,
    epoch            BIGINT NOT NULL,
    lease_token      UUID,
    lease_until      TIMESTAMP(6) WITH TIME ZONE,
    version          BIGINT NOT NULL,
    state_version    INTEGER NOT NULL,
    state            BLOB NOT NULL,
    commands_last    BIGINT NOT NULL,
    commands_through BIGINT NOT NULL,
    last_event       BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS ralph.orchestrations_created ON ralph.orchestrations (created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ralph.orchestrations_status ON ralph.orchestrations (status, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ralph.orchestrations_agent_type ON ralph.orchestrations (agent_type, status, created_at);
CREATE INDEX IF NOT EXISTS ralph.orchestrations_tenant ON ralph.orchestrations (tenant, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ralph.orchestrations_subject ON ralph.orchestrations (subject);

CREATE TABLE IF NOT EXISTS ralph.run_agents (
    run_id     UUID NOT NULL REFERENCES ralph.orchestrations (id) ON DELETE CASCADE,
    agent      VARCHAR NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (run_id, agent)
);
CREATE INDEX IF NOT EXISTS ralph.run_agents_agent ON ralph.run_agents (agent, created_at DESC, run_id DESC);

CREATE TABLE IF NOT EXISTS ralph.run_labels (
    run_id     UUID NOT NULL REFERENCES ralph.orchestrations (id) ON DELETE CASCADE,
    name       VARCHAR NOT NULL,
    label      VARCHAR NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (run_id, name)
);
CREATE INDEX IF NOT EXISTS ralph.run_labels_label ON ralph.run_labels (name, label, created_at DESC, run_id DESC);

CREATE TABLE IF NOT EXISTS ralph.budgets (
    name            VARCHAR PRIMARY KEY,
    max_tokens      BIGINT,
    max_cost        DECFLOAT(100),
    consumed_tokens BIGINT NOT NULL,
    consumed_cost   DECFLOAT(100) NOT NULL,
    reserved_tokens BIGINT NOT NULL,
    reserved_cost   DECFLOAT(100) NOT NULL
);

CREATE TABLE IF NOT EXISTS ralph.specs (
    run_id  UUID PRIMARY KEY,
    version INTEGER NOT NULL,
    content BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS ralph.attempts (
    run_id                    UUID NOT NULL,
    iteration                 INTEGER NOT NULL,
    attempt                   INTEGER NOT NULL,
    agent                     VARCHAR NOT NULL,
    status                    VARCHAR NOT NULL,
    started_at                TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended_at                  TIMESTAMP(6) WITH TIME ZONE,
    failure                   VARCHAR,
    message                   CLOB,
    reserved_tokens           BIGINT NOT NULL,
    reserved_cost             DECFLOAT(100) NOT NULL,
    input_tokens              BIGINT,
    output_tokens             BIGINT,
    cache_read_tokens         BIGINT,
    cache_write_tokens        BIGINT,
    cost                      DECFLOAT(100) NOT NULL,
    cost_kind                 VARCHAR NOT NULL,
    noted_input_tokens        BIGINT,
    noted_output_tokens       BIGINT,
    noted_cache_read_tokens   BIGINT,
    noted_cache_write_tokens  BIGINT,
    noted_cost                DECFLOAT(100),
    noted_cost_kind           VARCHAR,
    output_ref                VARCHAR,
    output_bytes              BIGINT,
    output_cut                BOOLEAN,
    PRIMARY KEY (run_id, iteration, attempt)
);
CREATE INDEX IF NOT EXISTS ralph.attempts_ended ON ralph.attempts (ended_at);

CREATE TABLE IF NOT EXISTS ralph.iterations (
    run_id            UUID NOT NULL,
    iteration         INTEGER NOT NULL,
    attempts          INTEGER NOT NULL,
    agent             VARCHAR NOT NULL,
    status            VARCHAR NOT NULL,
    claimed           BOOLEAN NOT NULL,
    workspace_changed BOOLEAN NOT NULL,
    output_cut        BOOLEAN NOT NULL,
    started_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended_at          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    output_preview    BLOB NOT NULL,
    PRIMARY KEY (run_id, iteration)
);

CREATE TABLE IF NOT EXISTS ralph.gates (
    run_id       UUID NOT NULL,
    iteration    INTEGER NOT NULL,
    step         BIGINT NOT NULL,
    ordinal      INTEGER NOT NULL,
    gate         VARCHAR NOT NULL,
    passed       BOOLEAN NOT NULL,
    feedback     BLOB NOT NULL,
    took_nanos   BIGINT NOT NULL,
    output_ref   VARCHAR,
    output_bytes BIGINT,
    output_cut   BOOLEAN,
    PRIMARY KEY (run_id, iteration, step, ordinal)
);

CREATE TABLE IF NOT EXISTS ralph.checkpoints (
    run_id    UUID NOT NULL,
    number    INTEGER NOT NULL,
    iteration INTEGER NOT NULL,
    ref_name  VARCHAR NOT NULL,
    commit_id VARCHAR NOT NULL,
    made_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (run_id, number)
);

CREATE TABLE IF NOT EXISTS ralph.events (
    run_id      UUID NOT NULL,
    seq         BIGINT NOT NULL,
    event_type  VARCHAR NOT NULL,
    happened_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    version     INTEGER NOT NULL,
    content     BLOB NOT NULL,
    PRIMARY KEY (run_id, seq)
);

CREATE TABLE IF NOT EXISTS ralph.commands (
    run_id      UUID NOT NULL,
    number      BIGINT NOT NULL,
    command_id  UUID NOT NULL,
    kind        VARCHAR NOT NULL,
    content     BLOB,
    received_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (run_id, number),
    UNIQUE (run_id, command_id)
);

CREATE TABLE IF NOT EXISTS ralph.schema_needs (
    oldest_node INTEGER NOT NULL
);
INSERT INTO ralph.schema_needs (oldest_node) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM ralph.schema_needs);
