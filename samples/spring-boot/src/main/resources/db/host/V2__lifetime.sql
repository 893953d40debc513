-- What a key was issued for: each rotation moves expires_at, from which it cannot be told any more.
-- Null for keys from before this column, until they are rotated.
alter table "host".api_key add column lifetime_seconds bigint;
