-- Closures, varargs, goto, integers and floats.
local function counter(step)
    local count = 0
    return function() count = count + step return count end, function() return count end
end
local next_one, look = counter(3)
for _ = 1, 10 do next_one() end
print(look())
local functions = {}
for index = 1, 5 do functions[index] = function(delta) index = index + (delta or 0) return index end end
print(functions[2](10), functions[2](), functions[3]())
local function sum(...)
    local total = 0
    for index = 1, select("#", ...) do total = total + (select(index, ...) or 0) end
    return total, ...
end
print(sum(1, 2, nil, 4), (sum(5, 6)), #{ sum(1, 2, 3) })
local function compose(f, ...)
    if not f then return function(...) return ... end end
    local rest = compose(...)
    return function(...) return f(rest(...)) end
end
print(compose(function(x) return x + 1 end, function(x) return x * 2 end, math.sqrt)(16))
local function tail(n, acc) if n == 0 then return acc end return tail(n - 1, acc + n) end
print(tail(100000, 0))
local function ackermann(m, n)
    if m == 0 then return n + 1 end
    if n == 0 then return ackermann(m - 1, 1) end
    return ackermann(m - 1, ackermann(m, n - 1))
end
print(ackermann(2, 6))
local Y = function(f) return (function(x) return x(x) end)(function(x) return f(function(...) return x(x)(...) end) end) end
print(Y(function(self) return function(n) return n < 2 and 1 or n * self(n - 1) end end)(20))
for outer = 1, 3 do
    for inner = 1, 3 do
        if inner == 2 then goto continue end
        print(outer, inner)
        ::continue::
    end
end
do local i = 1 ::again:: if i < 4 then i = i + 1 goto again end print(i) end
print(math.maxinteger + 1 == math.mininteger, math.type(1), math.type(1.0), math.type("1"), 1 == 1.0, math.tointeger(3.0), 3 | 0, 2^53 + 1)
print(math.floor(-3.5), math.ceil(-3.5), math.fmod(-7, 3), math.modf(-3.7), math.ult(1, -1), math.abs(math.mininteger), 5 // 0.0, -5 % math.huge)
print(pcall(function() return 1 // 0 end), pcall(function() return 1 < "2" end), pcall(function() return {} + 1 end), pcall(function() return 2^63 | 0 end))
for value = 10, 1, -3 do io.write("") print(value) end
for value = 1.0, 2.0, 0.25 do print(value) end
local fixed <const> = 7
local total = 0
for index = 1, 2000 * scale do
    local inner = function(value) return value % fixed + index end
    total = total + inner(index * 3)
end
print(total)
