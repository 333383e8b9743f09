-- Shows the people of a process that missed a beat as "checking". Checks that it did, so that several may ask. Answers the packets published.
local process, lease, least, now = ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local left = redis.call('PTTL', leaseOf(process))
if left < 0 or left >= least or redis.call('HGET', processes, process) ~= 'here' then return 0 end
return announce(redis.call('HKEYS', peopleOf(process)), function()
  redis.call('HSET', processes, process, string.format('doubted %.0f', now - (lease - left)))
end)
