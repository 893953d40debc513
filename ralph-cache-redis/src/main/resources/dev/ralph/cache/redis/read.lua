-- Reads a value, or begins a load.
-- KEYS: bucket, entry
-- ARGV: nonce, TTL of the region here in ms, codec, lowest version, most bytes, how old what does not exist may be in ms
-- Answers the stamp of the load; if there is a value: empty, version, age in ms, bytes (absent if it does not exist).
local c = ARGV[3]
local e = redis.call('HMGET', KEYS[2], 'e', c .. 'n', c .. 't', c .. 'u', c .. 'x', 'f', 'fu')
local now = clock()
-- Most often there is one that will do.
if e[1] and e[2] and e[2] >= ARGV[4] and now < tonumber(e[4]) and not (e[6] and now < tonumber(e[7]) and e[2] < e[6])
    and string.find(redis.call('GET', KEYS[1]) or '', e[1] .. '/', 1, true) == 1 then
  local age = math.max(0, now - tonumber(e[3]))
  local bytes = e[5]
  if bytes and #bytes <= tonumber(ARGV[5]) and age < tonumber(ARGV[2]) then
    return {'', e[2], text(age), bytes}
  end
  if not bytes and age < tonumber(ARGV[6]) then
    return {'', e[2], text(age)}
  end
end
local epoch = bucket(KEYS[1], ARGV[1], ARGV[2])
local sign = redis.call('HGET', KEYS[2], 's')
if e[1] ~= epoch then
  redis.call('DEL', KEYS[2])
  sign = false
end
-- A load leaves a sign, too. If that is gone, so may be what an invalidation left: Redis drops keys if it is short of memory.
if not sign then
  sign = ARGV[1]
  redis.call('HSET', KEYS[2], 'e', epoch, 's', sign)
end
local left = redis.call('PTTL', KEYS[2])
redis.call('PEXPIRE', KEYS[2], text(math.max(left, tonumber(ARGV[2]))))
return {epoch .. ':' .. sign .. ':' .. text(now)}
