-- H2 has no partitions; the number is that of PostgreSQL's.
SELECT 1;
