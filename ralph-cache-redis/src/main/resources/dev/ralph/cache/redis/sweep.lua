-- Takes away the entries that do not count any more.
-- KEYS: bucket, entries of it
-- Answers how many those were.
local epoch = string.match(redis.call('GET', KEYS[1]) or '', '^(.*)/%d+$')
local gone = 0
for i = 2, #KEYS do
  if not epoch or redis.call('HGET', KEYS[i], 'e') ~= epoch then
    gone = gone + redis.call('UNLINK', KEYS[i])
  end
end
return {gone}
