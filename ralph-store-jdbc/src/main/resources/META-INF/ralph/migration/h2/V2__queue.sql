-- The columns that PostgreSQL's queue needs too; H2 serves one process, which queues in memory.
ALTER TABLE ralph.orchestrations ADD COLUMN lapses INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE ralph.orchestrations ADD COLUMN priority INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE ralph.orchestrations ADD COLUMN workspace UUID;
