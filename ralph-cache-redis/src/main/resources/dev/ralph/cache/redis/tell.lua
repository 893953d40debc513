-- Tells everybody. Through the server that has the key, so that in a cluster each of them is tried by turns.
-- KEYS: any
-- ARGV: channel, message
redis.call('PUBLISH', ARGV[1], ARGV[2])
return {1}
