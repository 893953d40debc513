-- Drops what is below a version, keeps it from coming back, and tells of it.
-- KEYS: epoch of the bucket, entry
-- ARGV: version (empty for any), how long it counts in ms, nonce, life of an epoch in ms, channel (empty to tell nobody), message
local epoch = redis.call('GET', KEYS[1])
if not epoch then
  epoch = ARGV[3]
end
redis.call('SET', KEYS[1], epoch, 'PX', ARGV[4])
local e = redis.call('HMGET', KEYS[2], 'e', 'f', 'fu')
if e[1] ~= epoch or ARGV[1] == '' then
  redis.call('DEL', KEYS[2])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local till = string.format('%.0f', now + tonumber(ARGV[2]))
if ARGV[1] == '' then
  redis.call('HSET', KEYS[2], 'e', epoch, 's', ARGV[3], 'm', '0', 'fu', till)
else
  local kept = false
  for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
    local c = string.match(field, '^(c.*)n$')
    if c and redis.call('HGET', KEYS[2], field) < ARGV[1] then
      redis.call('HDEL', KEYS[2], c .. 'n', c .. 't', c .. 'u', c .. 'x')
    elseif c then
      kept = true
    end
  end
  local floor = ARGV[1]
  if e[1] == epoch and e[2] and now < tonumber(e[3]) and e[2] > floor then
    floor = e[2]
  end
  redis.call('HSET', KEYS[2], 'e', epoch, 'f', floor, 'fu', till)
  if not kept then
    redis.call('HSET', KEYS[2], 's', ARGV[3])
  end
end
local left = redis.call('PTTL', KEYS[2])
redis.call('PEXPIRE', KEYS[2], string.format('%.0f', math.max(left, tonumber(ARGV[2]))))
if ARGV[5] ~= '' then
  redis.call('PUBLISH', ARGV[5], ARGV[6])
end
return {1}
