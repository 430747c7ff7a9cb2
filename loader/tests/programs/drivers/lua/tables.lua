-- Tables, sorting, metatables.
local numbers = {}
local seed = 12345
local function random() seed = (seed * 1103515245 + 12345) % 2147483648 return seed end
for index = 1, 500 * scale do numbers[index] = random() % 10000 end
table.sort(numbers)
print(numbers[1], numbers[#numbers], hash(table.concat(numbers, ",")))
table.sort(numbers, function(left, right) return left > right end)
print(hash(table.concat(numbers, ",")))
local records = {}
for index = 1, 100 * scale do records[index] = { key = random() % 50, index = index } end
table.sort(records, function(left, right)
    if left.key ~= right.key then return left.key < right.key end
    return left.index < right.index
end)
local keys = {}
for index, record in ipairs(records) do keys[index] = record.key .. ":" .. record.index end
print(hash(table.concat(keys, " ")))
print(pcall(table.sort, { 3, 1, "x", 2 }))
print(pcall(table.sort, { 1, 2, 3, 4, 5 }, function() return true end))
local list = { 1, 2, 3 }
table.insert(list, 4) table.insert(list, 1, 0) print(table.concat(list, " "), table.remove(list), table.remove(list, 1), #list)
print(table.unpack(table.move({ 1, 2, 3 }, 1, 3, 2, { 9 })))
print(select("#", table.unpack({ n = 3 }, 1, 3)), table.pack(1, nil, 3).n, select(-1, 1, 2, 3), next({}), rawlen({ 1, 2 }), rawequal(list, list))

local Vector = {}
Vector.__index = Vector
function Vector.new(x, y) return setmetatable({ x = x, y = y }, Vector) end
function Vector.__add(a, b) return Vector.new(a.x + b.x, a.y + b.y) end
function Vector.__mul(a, b)
    if type(b) == "number" then return Vector.new(a.x * b, a.y * b) end
    return a.x * b.x + a.y * b.y
end
function Vector.__eq(a, b) return a.x == b.x and a.y == b.y end
function Vector.__lt(a, b) return a.x < b.x end
function Vector.__le(a, b) return a.x <= b.x end
function Vector.__unm(a) return Vector.new(-a.x, -a.y) end
function Vector.__len(a) return 2 end
function Vector.__call(a, name) return a[name] end
function Vector.__concat(a, b) return tostring(a) .. tostring(b) end
function Vector.__tostring(a) return "(" .. a.x .. ", " .. a.y .. ")" end
function Vector.__idiv(a, b) return "idiv" end
function Vector.__shl(a, b) return "shl" end
local a, b = Vector.new(1, 2), Vector.new(3, 4)
print(tostring(a + b), a * b, tostring(a * 2), a == Vector.new(1, 2), a < b, a >= b, tostring(-a), #a, a("y"), a .. b, a .. "!", a // b, a << 1)

local log = {}
local proxy = setmetatable({}, {
    __index = function(_, key) log[#log + 1] = "get " .. key return key .. "?" end,
    __newindex = function(target, key, value) log[#log + 1] = "set " .. key rawset(target, key, value) end,
    __pairs = function() return function(_, key) if not key then return 1, "one" end end, nil, nil end,
    __close = function() log[#log + 1] = "closed" end,
    __metatable = "locked",
})
print(proxy.name, proxy.name) proxy.name = 5 print(proxy.name, getmetatable(proxy), pcall(setmetatable, proxy, {}))
for key, value in pairs(proxy) do print(key, value) end
do local held <close> = proxy end
print(table.concat(log, "; "))
local big = {}
for index = 1, 300 * scale do big["key" .. index] = index big[index * 1.5] = true end
for index = 1, 300 * scale, 2 do big["key" .. index] = nil end
local count, sum = 0, 0
for key, value in pairs(big) do count = count + 1 if type(value) == "number" then sum = sum + value end end
print(count, sum)
