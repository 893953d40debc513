-- Copyright 2026 the Ralph for the JVM authors
-- SPDX-License-Identifier: Apache-2.0
--
-- For rows that went back to an earlier moment, once, before a node starts; restore.sh does it by itself. They do not know
-- which leases were granted since. Epochs go on far above those: outputs carry the epoch in their names, and a name that is
-- taken is never written again.
UPDATE ralph.orchestrations
SET epoch = epoch + 1000000
WHERE status NOT IN ('COMPLETED', 'STOPPED', 'FAILED') OR reason = 'DEAD_LETTERED';
