-- What every script begins with.
local function text(number)
  return string.format('%.0f', number)
end
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
-- A bucket's key holds its epoch and the longest TTL of those who use it: what an invalidation leaves behind lasts for that time,
-- so that it outlives whatever any of them read before it.
local function keep(key, epoch, most)
  redis.call('SET', key, epoch .. '/' .. text(most), 'PX', text(2 * most + 60000))
end
-- Answers the epoch and that time. A new epoch if Redis lost the one before.
local function bucket(key, nonce, ttl)
  local epoch, before = string.match(redis.call('GET', key) or '', '^(.*)/(%d+)$')
  local most = math.max(tonumber(before or 0), tonumber(ttl))
  if not epoch or most > tonumber(before) then
    epoch = epoch or nonce
    keep(key, epoch, most)
  end
  return epoch, most
end
