-- Memory: much of it, weak tables, finalisers, both collectors.
local finalised = 0
local function churn(rounds)
    local kept = {}
    for index = 1, rounds do
        local object = { index, tostring(index), { nested = { index * 2 } } }
        if index % 10 == 0 then kept[#kept % 100 + 1] = object end
        if index % 50 == 0 then setmetatable({}, { __gc = function() finalised = finalised + 1 end }) end
    end
    return #kept
end
print(churn(2000 * scale))
collectgarbage() collectgarbage()
print(finalised)
print(collectgarbage("generational"), churn(2000 * scale))
collectgarbage() collectgarbage()
print(finalised, collectgarbage("incremental", 150, 200, 10), churn(1000 * scale))
collectgarbage("stop") print(collectgarbage("isrunning")) churn(500) collectgarbage("restart")
while not collectgarbage("step", 100) do end
local weak, strong = setmetatable({}, { __mode = "v" }), {}
for index = 1, 100 do weak[index] = { index } if index % 2 == 0 then strong[index] = weak[index] end end
collectgarbage()
local left = 0
for _ in pairs(weak) do left = left + 1 end
print(left)
local ephemeron, key = setmetatable({}, { __mode = "k" }), {}
ephemeron[key] = function() return key end
ephemeron[{}] = "gone"
collectgarbage()
left = 0
for _ in pairs(ephemeron) do left = left + 1 end
print(left)
local resurrected
setmetatable({ name = "back" }, { __gc = function(object) resurrected = object end })
collectgarbage()
print(resurrected and resurrected.name)
print((pcall(setmetatable, {}, { __gc = true })))
local text = {}
for index = 1, 300 * scale do text[#text + 1] = ("%d "):format(index):rep(index % 20) end
print(hash(table.concat(text)))
