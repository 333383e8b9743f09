-- A planned stop: the people of this process stay for one more lease, in which they arrive elsewhere. Answers the packets published.
local self, lease = ARGV[5], ARGV[6]
if not redis.call('HGET', processes, self) then return 0 end
return announce(redis.call('HKEYS', peopleOf(self)), function()
  redis.call('HSET', processes, self, 'moving')
  redis.call('SET', leaseOf(self), '', 'PX', lease)
end)
