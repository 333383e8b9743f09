-- Renews the lease, says whether all that this process wrote is still there, and lists the others.
-- Answers { 1 if it is there, packets published, epoch, version, then id, standing and ms of lease left of each other process }.
local self, lease, count = ARGV[5], ARGV[6], tonumber(ARGV[7])
local people = peopleOf(self)

local standing = redis.call('HGET', processes, self)
local intact = standing and redis.call('EXISTS', leaseOf(self)) == 1 and redis.call('HLEN', people) == count
local published = 0
local function renew()
  redis.call('HSET', processes, self, 'here')
  redis.call('SET', leaseOf(self), '', 'PX', lease)
end
if intact and standing == 'here' then renew()
elseif intact then published = announce(redis.call('HKEYS', people), renew) end

local answer = { intact and 1 or 0, published, redis.call('HGET', state, 'epoch'), tonumber(redis.call('HGET', state, 'version') or '0') }
local all = redis.call('HGETALL', processes)
for i = 1, #all, 2 do
  if all[i] ~= self then
    answer[#answer + 1] = all[i]
    answer[#answer + 1] = all[i + 1]
    answer[#answer + 1] = redis.call('PTTL', leaseOf(all[i]))
  end
end
return answer
