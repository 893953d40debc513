-- Keeps a value, unless a higher version is there, or an invalidation came after its load began, or may have.
-- KEYS: bucket, entry
-- ARGV: nonce, TTL of the region here in ms, codec, stamp (empty for a value that nobody loaded), version, age in ms, how long it
--       is fresh in ms from when it was read, bytes (absent if it does not exist)
-- Answers 1 if it was kept, else 0.
local epoch, most = bucket(KEYS[1], ARGV[1], ARGV[2])
local c = ARGV[3]
local e = redis.call('HMGET', KEYS[2], 'e', 's', 'f', 'fu', 'm', c .. 'n', c .. 'u')
if e[1] ~= epoch then
  redis.call('DEL', KEYS[2])
  e = {epoch}
end
local now = clock()
local began = now
local floored = e[4] and now < tonumber(e[4])
if ARGV[4] ~= '' then
  local of, sign, at = string.match(ARGV[4], '^(.*):(.*):(%d+)$')
  began = tonumber(at)
  -- Another clock, of a server that took over, says nothing about how long ago that was.
  if now < began or of ~= epoch or sign ~= e[2] then
    return {0}
  end
elseif floored and e[5] == '0' then
  return {0}
end
if floored and e[3] and ARGV[5] < e[3] then
  return {0}
end
if e[6] and now < tonumber(e[7]) and ARGV[5] < e[6] then
  return {0}
end
local read = began - tonumber(ARGV[6])
local fresh = read + tonumber(ARGV[7])
-- No value is fresh for longer than the TTL, so that this also refuses what began before a trace that is gone by now.
if fresh <= now then
  return {0}
end
redis.call('HSET', KEYS[2], 'e', epoch, 'm', '1', c .. 'n', ARGV[5], c .. 't', text(read), c .. 'u', text(fresh))
if ARGV[8] then
  redis.call('HSET', KEYS[2], c .. 'x', ARGV[8])
else
  redis.call('HDEL', KEYS[2], c .. 'x')
end
local left = redis.call('PTTL', KEYS[2])
redis.call('PEXPIRE', KEYS[2], text(math.max(left, fresh - now)))
keep(KEYS[1], epoch, most)
return {1}
