-- Writes the entries of one window, announces what can be seen of it, and renews the lease.
-- Answers { 1 if it was done, 0 if what this process believes to be there is not, packets published }.
local self, lease, whole, count = ARGV[5], ARGV[6], ARGV[7] == '1', tonumber(ARGV[8])
local changes = cjson.decode(ARGV[9]) -- { { id, entry or "" to take it out }, ... }
local people = peopleOf(self)

local intact = redis.call('EXISTS', leaseOf(self)) == 1 and redis.call('HLEN', people) == count
if not whole and not intact then return { 0, 0 } end

local ids, listed = {}, {}
local function list(id)
  if not listed[id] then
    listed[id] = true
    ids[#ids + 1] = id
  end
end
for _, change in ipairs(changes) do list(change[1]) end
if whole then
  for _, id in ipairs(redis.call('HKEYS', people)) do list(id) end
end
local place = {}
for i, id in ipairs(ids) do place[id] = i end

-- Whoever was here already, perhaps at another process, has been here since then; likewise whoever was away.
local function continued(entry, before)
  if not before then return entry end
  local said, current, since, stateSince, rest = string.match(entry, '^(%d)\n(%a+)\n(%d+)\n(%d+)\n(.*)$')
  since = math.min(tonumber(since), before.since)
  stateSince = tonumber(stateSince)
  if current == 'away' and before.state == 'away' then stateSince = before.stateSince end
  return string.format('%s\n%s\n%.0f\n%.0f\n', said, current, since, stateSince) .. rest
end

local published = announce(ids, function(before)
  if whole then redis.call('DEL', people) end
  redis.call('HSET', processes, self, 'here')
  redis.call('SET', leaseOf(self), '', 'PX', lease)
  for _, change in ipairs(changes) do
    local id, entry = change[1], change[2]
    if entry == '' then redis.call('HDEL', people, id)
    else redis.call('HSET', people, id, continued(entry, before[place[id]])) end
  end
end)
return { 1, published }
