-- H2 has no partial indexes; the number is that of PostgreSQL's.
SELECT 1;
