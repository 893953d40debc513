-- Drops everything of a bucket: entries of another epoch do not count.
-- KEYS: bucket
-- ARGV: nonce, TTL of the region here in ms
local _, most = bucket(KEYS[1], ARGV[1], ARGV[2])
keep(KEYS[1], ARGV[1], most)
return {1}
