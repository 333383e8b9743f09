-- Answers { epoch, version, then the row of each person as JSON }.
local answer = { redis.call('HGET', state, 'epoch'), tonumber(redis.call('HGET', state, 'version') or '0') }
local among, listed = alive(), {}
for _, process in ipairs(among) do
  for _, id in ipairs(redis.call('HKEYS', process.people)) do
    if not listed[id] then
      listed[id] = true
      answer[#answer + 1] = row(id, among).text
    end
  end
end
return answer
