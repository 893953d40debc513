-- Keeps a value, unless a higher version is there, or an invalidation came after the stamp was read.
-- KEYS: epoch of the bucket, entry
-- ARGV: codec, stamp (empty for a value that nobody loaded), version, age in ms, how long it is fresh in ms from when it was
--       read, nonce, life of an epoch in ms, bytes (absent if it does not exist)
-- Answers 1 if it was kept, else 0.
local epoch = redis.call('GET', KEYS[1])
if not epoch then
  if ARGV[2] ~= '' then
    return {0}
  end
  epoch = ARGV[6]
end
local c = ARGV[1]
local e = redis.call('HMGET', KEYS[2], 'e', 's', 'f', 'fu', 'm', c .. 'n', c .. 'u')
if e[1] ~= epoch then
  redis.call('DEL', KEYS[2])
  e = {epoch}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local floored = e[4] and now < tonumber(e[4])
if ARGV[2] ~= '' then
  if ARGV[2] ~= epoch .. ':' .. (e[2] or '') then
    return {0}
  end
elseif floored and e[5] == '0' then
  return {0}
end
if floored and e[3] and ARGV[3] < e[3] then
  return {0}
end
if e[6] and now < tonumber(e[7]) and ARGV[3] < e[6] then
  return {0}
end
local read = now - tonumber(ARGV[4])
local fresh = read + tonumber(ARGV[5])
if fresh <= now then
  return {0}
end
local function text(number)
  return string.format('%.0f', number)
end
redis.call('HSET', KEYS[2], 'e', epoch, 'm', '1', c .. 'n', ARGV[3], c .. 't', text(read), c .. 'u', text(fresh))
if ARGV[8] then
  redis.call('HSET', KEYS[2], c .. 'x', ARGV[8])
else
  redis.call('HDEL', KEYS[2], c .. 'x')
end
local left = redis.call('PTTL', KEYS[2])
redis.call('PEXPIRE', KEYS[2], text(math.max(left, fresh - now)))
redis.call('SET', KEYS[1], epoch, 'PX', ARGV[7])
return {1}
