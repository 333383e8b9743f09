-- Takes out a process whose lease ended, and announces in one packet everyone whom no other process lists.
-- Checks that it did end, so that several may reap. Answers { ms of lease left, 0 if none, packets published }.
local process = ARGV[5]
local left = redis.call('PTTL', leaseOf(process))
if left > 0 then return { left, 0 } end
local standing = redis.call('HGET', processes, process)
if not standing then return { 0, 0 } end

local others = alive()
local withIt = alive()
withIt[#withIt + 1] = known(process, standing)
local changed, gone = {}, {}
for _, id in ipairs(redis.call('HKEYS', peopleOf(process))) do
  local now = row(id, others)
  if not now then gone[#gone + 1] = id
  elseif now.text ~= row(id, withIt).text then changed[#changed + 1] = now.text end
end
redis.call('HDEL', processes, process)
redis.call('DEL', peopleOf(process))
return { 0, publish(changed, gone) }
