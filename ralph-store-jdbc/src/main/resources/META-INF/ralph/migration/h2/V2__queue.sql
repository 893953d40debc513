-- The columns that PostgreSQL's queue needs too. H2 serves one process, which queues in memory.
ALTER TABLE ralph.orchestrations ADD COLUMN IF NOT EXISTS lapses INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE ralph.orchestrations ADD COLUMN IF NOT EXISTS priority INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE ralph.orchestrations ADD COLUMN IF NOT EXISTS workspace UUID;
