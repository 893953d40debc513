-- Reads a value, or begins a load.
-- KEYS: bucket, entry
-- ARGV: nonce, TTL of the region here in ms, codec, lowest version, most bytes, how old what does not exist may be in ms
-- Answers the stamp of the load; if there is a value: empty, version, age in ms, bytes (absent if it does not exist).
local epoch = bucket(KEYS[1], ARGV[1], ARGV[2])
local c = ARGV[3]
local e = redis.call('HMGET', KEYS[2], 'e', 's', 'f', 'fu', c .. 'n', c .. 't', c .. 'u')
if e[1] ~= epoch then
  redis.call('DEL', KEYS[2])
  e = {epoch}
end
local now = clock()
local floored = e[3] and now < tonumber(e[4])
if e[5] and now < tonumber(e[7]) and e[5] >= ARGV[4] and not (floored and e[5] < e[3]) then
  local age = math.max(0, now - tonumber(e[6]))
  if redis.call('HSTRLEN', KEYS[2], c .. 'x') <= tonumber(ARGV[5]) then
    local bytes = redis.call('HGET', KEYS[2], c .. 'x')
    if bytes and age < tonumber(ARGV[2]) then
      return {'', e[5], text(age), bytes}
    end
    if not bytes and age < tonumber(ARGV[6]) then
      return {'', e[5], text(age)}
    end
  end
end
-- A load leaves a sign, too. If that is gone, so may be what an invalidation left: Redis drops keys if it is short of memory.
local sign = e[2]
if not sign then
  sign = ARGV[1]
  redis.call('HSET', KEYS[2], 'e', epoch, 's', sign)
end
local left = redis.call('PTTL', KEYS[2])
redis.call('PEXPIRE', KEYS[2], text(math.max(left, tonumber(ARGV[2]))))
return {epoch .. ':' .. sign .. ':' .. text(now)}
