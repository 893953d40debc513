-- Drops everything of a bucket: entries of another epoch do not count.
-- KEYS: epoch of the bucket
-- ARGV: nonce, life of an epoch in ms
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {1}
