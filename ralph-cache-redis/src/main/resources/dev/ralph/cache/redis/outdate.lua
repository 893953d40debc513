-- Drops what is below a version, keeps it from coming back, and tells of it.
-- KEYS: bucket, entry
-- ARGV: nonce, TTL of the region here in ms, version (empty for any), channel (empty to tell nobody), message
local epoch, most = bucket(KEYS[1], ARGV[1], ARGV[2])
keep(KEYS[1], epoch, most)
local e = redis.call('HMGET', KEYS[2], 'e', 'f', 'fu')
if e[1] ~= epoch or ARGV[3] == '' then
  redis.call('DEL', KEYS[2])
end
local now = clock()
local till = text(now + most)
if ARGV[3] == '' then
  redis.call('HSET', KEYS[2], 'e', epoch, 's', ARGV[1], 'm', '0', 'fu', till)
else
  local kept = false
  for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
    local c = string.match(field, '^(c.*)n$')
    if c and redis.call('HGET', KEYS[2], field) < ARGV[3] then
      redis.call('HDEL', KEYS[2], c .. 'n', c .. 't', c .. 'u', c .. 'x')
    elseif c then
      kept = true
    end
  end
  local floor = ARGV[3]
  if e[1] == epoch and e[2] and now < tonumber(e[3]) and e[2] > floor then
    floor = e[2]
  end
  redis.call('HSET', KEYS[2], 'e', epoch, 'f', floor, 'fu', till)
  if not kept then
    redis.call('HSET', KEYS[2], 's', ARGV[1])
  end
end
local left = redis.call('PTTL', KEYS[2])
redis.call('PEXPIRE', KEYS[2], text(math.max(left, most)))
if ARGV[4] ~= '' then
  redis.call('PUBLISH', ARGV[4], ARGV[5])
end
return {1}
