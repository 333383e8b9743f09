-- Put before every script of this folder.
--
-- `state`: hash of epoch and version. `processes`: hash, id of a server process -> "here", "moving" or "doubted <ms when last heard>".
-- Each process has a hash, admin -> entry, and a lease, a key that runs out by itself. An entry is lines:
--   whether a tab has said if it is away (0 or 1) | state | since | state since | page since | page as JSON or nothing |
--   version of the next line | name, roles and picture as the inside of a JSON object
-- A person is online only if a process whose lease lives lists them. All names of keys come from `root`, so that one Redis
-- (not a cluster) can hold several installations.
local state, processes = KEYS[1], KEYS[2]
local root, channel, room, fresh = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

redis.call('HSETNX', state, 'epoch', fresh)

local function peopleOf(process) return root .. 'people:' .. process end
local function leaseOf(process) return root .. 'lease:' .. process end

local function known(process, standing)
  return {
    people = peopleOf(process),
    moving = standing == 'moving',
    heard = tonumber(string.match(standing, '^doubted (%d+)$')),
  }
end

-- The processes whose lease lives.
local function alive()
  local found = {}
  local all = redis.call('HGETALL', processes)
  for i = 1, #all, 2 do
    if redis.call('EXISTS', leaseOf(all[i])) == 1 then found[#found + 1] = known(all[i], all[i + 1]) end
  end
  return found
end

local LINES = '^(%d)\n(%a+)\n(%d+)\n(%d+)\n(%d+)\n([^\n]*)\n(%d+)\n(.*)$'

-- Whose word counts: a tab that spoke, then one on its way to another process, then one that has not spoken yet, then one not heard of.
local function rank(said, current, process)
  if process.heard or current == 'checking' then return 1 end
  if said == '0' then return 2 end
  return (current == 'online' and 4 or 3) + (process.moving and 0 or 2)
end

-- A person as all the given processes together know them, or nil.
local function row(id, among)
  local best, since, who
  local whoAt = -1
  for _, process in ipairs(among) do
    local entry = redis.call('HGET', process.people, id)
    if entry then
      local said, current, from, currentFrom, pageAt, page, versionOfWho, newWho = string.match(entry, LINES)
      from, currentFrom, pageAt, versionOfWho = tonumber(from), tonumber(currentFrom), tonumber(pageAt), tonumber(versionOfWho)
      if process.heard then current, currentFrom = 'checking', process.heard end
      if not since or from < since then since = from end
      if versionOfWho > whoAt then who, whoAt = newWho, versionOfWho end
      local weight = rank(said, current, process)
      if not best or weight > best.weight then
        best = { weight = weight, state = current, stateSince = currentFrom, pageAt = pageAt, page = page }
      elseif weight == best.weight then
        if currentFrom > best.stateSince then best.stateSince = currentFrom end
        if pageAt > best.pageAt then best.pageAt, best.page = pageAt, page end
      end
    end
  end
  if not best then return nil end
  if best.state == 'online' then best.stateSince = since end
  local text = string.format('{"id":%s,%s,"state":"%s","since":%.0f,"stateSince":%.0f', cjson.encode(id), who, best.state, since, best.stateSince)
  if best.page ~= '' then text = text .. ',"page":' .. best.page end
  return { text = text .. '}', state = best.state, since = since, stateSince = best.stateSince }
end

-- One packet for browsers, ready to be passed on as it is. Returns how many were published.
local function publish(changed, gone)
  if #changed + #gone == 0 then return 0 end
  for i, id in ipairs(gone) do gone[i] = cjson.encode(id) end
  local version = redis.call('HINCRBY', state, 'version', 1)
  local epoch = redis.call('HGET', state, 'epoch')
  redis.call('PUBLISH', channel, string.format(
    '%s presence\n2["presence:changed",{"epoch":"%s","version":%.0f,"changed":[', room, epoch, version)
    .. table.concat(changed, ',') .. '],"gone":[' .. table.concat(gone, ',') .. ']}]')
  return 1
end

-- Makes a change that may touch these people, and tells what of it can be seen.
local function announce(ids, change)
  local among, before = alive(), {}
  for i, id in ipairs(ids) do before[i] = row(id, among) or false end
  change(before)
  local changed, gone = {}, {}
  among = alive()
  for i, id in ipairs(ids) do
    local now = row(id, among)
    if now and not (before[i] and before[i].text == now.text) then changed[#changed + 1] = now.text end
    if before[i] and not now then gone[#gone + 1] = id end
  end
  return publish(changed, gone)
end
