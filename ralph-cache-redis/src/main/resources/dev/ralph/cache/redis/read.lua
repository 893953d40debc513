-- Reads a value.
-- KEYS: epoch of the bucket, entry
-- ARGV: codec, lowest version, most bytes, nonce, life of an epoch in ms
-- Answers the stamp, and if there is a value: version, age in ms, bytes (absent if it does not exist).
local epoch = redis.call('GET', KEYS[1])
if not epoch then
  epoch = ARGV[4]
  redis.call('SET', KEYS[1], epoch, 'PX', ARGV[5])
end
local c = ARGV[1]
local e = redis.call('HMGET', KEYS[2], 'e', 's', 'f', 'fu', c .. 'n', c .. 't', c .. 'u')
if e[1] ~= epoch then
  return {epoch .. ':'}
end
local stamp = epoch .. ':' .. (e[2] or '')
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if not e[5] or now >= tonumber(e[7]) or e[5] < ARGV[2] then
  return {stamp}
end
if e[3] and now < tonumber(e[4]) and e[5] < e[3] then
  return {stamp}
end
if redis.call('HSTRLEN', KEYS[2], c .. 'x') > tonumber(ARGV[3]) then
  return {stamp}
end
local age = string.format('%.0f', math.max(0, now - tonumber(e[6])))
local bytes = redis.call('HGET', KEYS[2], c .. 'x')
if bytes then
  return {stamp, e[5], age, bytes}
end
return {stamp, e[5], age}
