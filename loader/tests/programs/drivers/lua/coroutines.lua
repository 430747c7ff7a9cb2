-- Coroutines: generators, errors and closing, yields across pcall and metamethods.
local function permutations(list)
    return coroutine.wrap(function()
        local function generate(n)
            if n == 0 then coroutine.yield(table.concat(list)) return end
            for index = 1, n do
                list[index], list[n] = list[n], list[index]
                generate(n - 1)
                list[index], list[n] = list[n], list[index]
            end
        end
        generate(#list)
    end)
end
local count, all = 0, {}
for word in permutations({ "a", "b", "c", "d", "e", "f" }) do count = count + 1 all[count] = word end
print(count, all[1], all[count], hash(table.concat(all)))

local function producer(limit) return coroutine.create(function() for value = 1, limit do coroutine.yield(value) end return "done" end) end
local function filter(source, keep)
    return coroutine.create(function()
        while true do
            local _, value = coroutine.resume(source)
            if value == "done" or value == nil then return "done" end
            if keep(value) then coroutine.yield(value) end
        end
    end)
end
local source = producer(2000 * scale)
for _, prime in ipairs({ 2, 3, 5, 7, 11 }) do source = filter(source, function(value) return value % prime ~= 0 end) end
local sum, last = 0, nil
while true do
    local _, value = coroutine.resume(source)
    if value == "done" then break end
    sum, last = sum + value, value
end
print(sum, last, coroutine.status(source), coroutine.resume(source))

local co = coroutine.create(function(...)
    print("start", ...)
    local ok, why = pcall(function()
        local got = coroutine.yield("inside pcall")
        error({ code = got })
    end)
    print(ok, type(why), why.code, coroutine.isyieldable(), coroutine.running() ~= nil)
    error("at the end")
end)
print(coroutine.resume(co, 1, 2))
print(coroutine.resume(co, 42))
print(coroutine.resume(co))
local closed = coroutine.create(function()
    local held <close> = setmetatable({}, { __close = function(_, why) print("closed with", why) end })
    coroutine.yield(1)
end)
print(coroutine.resume(closed), coroutine.close(closed), coroutine.status(closed))
local meta = setmetatable({}, { __add = function(_, value) return coroutine.yield(value) end, __index = function(_, key) return coroutine.yield(key) end })
local across = coroutine.wrap(function() return (meta + 5) .. meta.name end)
print(across(), across("sum"), across("name"))
print(coroutine.resume(coroutine.create(function() return table.unpack({ 1, 2, 3 }) end)))
print(pcall(coroutine.wrap(function() error("wrapped", 0) end)))
local sorted = coroutine.wrap(function() return pcall(table.sort, { 3, 2, 1 }, function(x, y) coroutine.yield() return x < y end) end)
print(sorted())
local many = {}
for index = 1, 100 * scale do
    many[index] = coroutine.wrap(function() local total = 0 while true do total = total + coroutine.yield(total) end end)
    many[index]()
end
local total = 0
for round = 1, 5 do for index = 1, #many do total = total + many[index](round) end end
print(total)
local function deep(n) if n == 0 then return 0 end return 1 + coroutine.wrap(function() return deep(n - 1) end)() end
print(deep(100), pcall(deep, 300))
