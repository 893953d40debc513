-- Nodes add their entries within their steps, once: they come out of the index of entry ids too. What a node tells by itself it
-- looks for by its time, as verifying looks for copies; so the summary of times has to be new. Entries wait while the indexes
-- are built, as in V7.
SET LOCAL lock_timeout = '2s';
DROP INDEX audit.activity_log_entry;
CREATE INDEX activity_log_entry ON audit.activity_log (entry_id) WHERE user_id NOT LIKE 'node:%';
DROP INDEX audit.activity_log_timestamp;
CREATE INDEX activity_log_timestamp ON audit.activity_log USING brin (timestamp)
    WITH (autosummarize = on, pages_per_range = 32);
