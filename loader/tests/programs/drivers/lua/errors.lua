-- Errors: each one is a longjmp over frames of the interpreter.
local function place(why) return (tostring(why):gsub("^.-([%w_]+%.lua:)", "%1")) end
print(pcall(error, "plain"), pcall(error, "level", 2), pcall(error), (pcall(error, { 1 })))
print(place(select(2, pcall(function() error("with place") end))))
print(place(select(2, pcall(function() local t = nil; t.x = 1 end))))
print(place(select(2, pcall(function() return undefined_global.field.deep end))))
print(place(select(2, pcall(function() return #5 end))))
print(place(select(2, pcall(function() ("x")() end))))
print(place(select(2, pcall(function() for i = 1, 10, 0 do end end))))
print(place(select(2, pcall(string.rep))), place(select(2, pcall(setmetatable, 1, 2))), place(select(2, pcall(ipairs))))
print(place(select(2, pcall(assert, false, "asserted"))), place(select(2, pcall(assert, nil))), assert(1, 2))
print(xpcall(function() error("handled") end, function(why) return "handler: " .. place(why) end))
print(xpcall(function(...) return select("#", ...) end, print, 1, nil, 3))
local trace = select(2, xpcall(function() local function inner() error("deep") end inner() end, debug.traceback))
print((trace:gsub("[^\n]-([%w_]+%.lua:)", "%1"):gsub("\n%s*%[C%].*", "")))
local function overflow(n) return 1 + overflow(n + 1) end
local ok, why = pcall(overflow, 1)
print(ok, place(why):match("stack overflow"))
print(pcall(string.gsub, ("x"):rep(10), "x", function() error("in a callback", 0) end))
print(select(2, pcall(function() local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end }) return t[1] end)) ~= nil)
print(xpcall(overflow, function(why) return "in the handler: " .. tostring(why ~= nil) end, 1))
local nested = 0
local function nest(n)
    local ok, why = pcall(function() if n == 0 then error("bottom", 0) end nest(n - 1) end)
    nested = nested + 1
    error(why .. "<" .. n, 0)
end
print(pcall(nest, 20), nested)
local caught = 0
for index = 1, 1000 * scale do
    local ok, why = pcall(error, index)
    if not ok and why == index then caught = caught + 1 end
    ok = pcall(function() local _ <close> = setmetatable({}, { __close = function() caught = caught + 1 end }) error("x") end)
end
print(caught)
print(pcall(function() local _ <close> = setmetatable({}, { __close = function(_, why) error("while closing " .. tostring(why), 0) end }) error("first", 0) end))
debug.sethook(coroutine.create(function() end), print, "l")
local info = debug.getinfo(place, "nSlu")
print(info.what, info.nparams, info.isvararg, info.linedefined, debug.getlocal(place, 1))
