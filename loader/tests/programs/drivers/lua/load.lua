-- The compiler: chunks, environments, binary chunks, large sources, syntax errors.
print(load("return 1 + 1")(), load("syntax error here"), type(load(function() return nil end)))
local environment = { print = print }
print(load("x = 5; return x", "chunk", "t", environment)(), environment.x, x)
local dumped = string.dump(function(a, b) local c = a * b return c + 1, "constant", 1.5, nil, true end)
print(load(dumped, "binary", "b")(6, 7), load(dumped, "binary", "t"), load(string.dump(load("return ..."), true), "stripped")(3))
print(#dumped > 50, pcall(load, dumped:sub(1, 20)))
local lines = {}
for index = 1, 100 * scale do
    lines[#lines + 1] = ("local function f%d(a, b, ...) if a > %d then return a - b elseif b then return {a, [b] = %d.5, n = ...} else while a < 9 do a = a + 1 end end return a .. '%d' end"):format(index % 150, index, index, index)
    lines[#lines + 1] = ("t[%d] = f%d(%d, 1)"):format(index, index % 150, index + 1)
    if index % 150 == 149 then lines[#lines + 1] = "end do" end
end
local source = "local t = {} do " .. table.concat(lines, "\n") .. " end return t"
local compiled, why = load(source)
print(why, compiled and #compiled())
local expressions = { "1 + 2 * 3 ^ 2 ^ 0.5", "not nil == true and 1 or 2", "'a' .. 'b' < 'ac'", "-2 ^ 2", "2 << 3 | 1 & ~0 ~ 5", "#'abc' + #{1, 2, nil, 4}", "(...)", "[[long\nstring]] .. [==[ ]] ]==]", "0xA.8p1", "1e-2 // 1" }
for _, expression in ipairs(expressions) do print(expression:gsub("\n", " "), load("return " .. expression)("argument")) end
for _, wrong in ipairs({ "x = ", "for i = 1 do end", "goto nowhere", "break", "local x <const> = 1; x = 2", "return return", "'unfinished", "x = }", "::a:: ::a::", "f(", "local function end", "\\", "x = 0x", "--[[ unfinished", "local t <wrong> = 1", "for k, v in pairs do" }) do
    print(select(2, load(wrong, "=wrong")))
end
package.preload.module = function(name, extra) return { name = name, extra = extra } end
print(require("module").name, package.loaded.module == require("module"), (select(2, pcall(require, "no.such.module")):gsub("\n.*", "")))
local many = {}
for index = 1, 300 do many[index] = "v" .. index end
print((select(2, load("local " .. table.concat(many, ", ") .. " = 1"))))
print(select("#", load("return " .. table.concat(many, ", ", 1, 200))()))
local deep = ("("):rep(150) .. "1" .. (")"):rep(150)
print(load("return " .. deep)(), (select(2, load("return " .. ("("):rep(1000))):gsub("near.*", "")))
