-- Patterns, formats, packing, UTF-8.
local text = "The quick brown fox jumps over the lazy dog; 12 + 34 = 46, and [brackets] %percent%."
print(text:gsub("%a+", string.upper))
print(text:gsub("(%w+) (%w+)", "%2 %1", 3))
print(text:find("%[(.-)%]"), text:match("^(%u%l+)"), text:find("[brackets]", 1, true))
print(text:gsub("%d+", { ["12"] = "twelve", ["34"] = false }))
print(("f(a,(b,c),d) rest"):match("%b()"), ("THE (quick) fox"):find("%f[%a]%a+%f[%A]"))
for key, value in ("a=1, b=2 ,c = 3"):gmatch("(%w+)%s*=%s*(%w+)") do print(key, value) end
for at in ("abcabc"):gmatch("()b") do print(at) end
print(string.format("%5d|%-8s|%08.3f|%x|%X|%o|%e|%g|%q|%c|%%|%i|%a", 42, "left", 3.14159, 255, 255, 8, 12345.678, 1e20, 'q"\n\0', 65, 7, 0.5))
print(string.format("%-20.5s|%+d|% d|%#x|%s", "truncated", 5, 5, 255, setmetatable({}, { __tostring = function() return "named" end })))
print(("x"):rep(5, "-"), ("abc"):reverse(), ("abc"):byte(1, -1), string.char(72, 105), #("\u{20ac}\z
       end"))
print(("hello"):sub(2, -2), ("hello"):sub(-3), ("hello"):upper():lower(), ("x"):rep(0) == "")
local packed = string.pack("<i4 >I2 z s1 d n j b", -2, 513, "zero", "short", 1.5, -0.25, 1 << 40, -128)
print(#packed, hash(packed), string.unpack("<i4 >I2 z s1 d n j b", packed))
print(string.packsize("!8 i1 i8 !4 i4"), pcall(string.pack, "i1", 300))
for _, code in utf8.codes("aé€𝄞") do io.write("") print(code, utf8.char(code)) end
print(utf8.len("aé€𝄞"), utf8.offset("aé€𝄞", 3), utf8.codepoint("aé€𝄞", 1, -1), utf8.len("\xff"))
print(tostring(12), tostring(-0.0), tostring(1e15), tostring(2^53), tostring(0/0 ~= 0/0), tonumber("0x1p4"), tonumber("  12  "), tonumber("z", 36), tonumber("8", 8))
print("10" + 5, "3" * "4", 10 .. 20, 7 // 2, -7 // 2, 7 % -3, -7 % 3, 7.5 // 2, 2^10, 1 << 62, ~0, 5 & 3, 5 | 3, 5 ~ 3, "0x10" + 0)
local words = {}
for round = 1, 200 * scale do
    local word = ("w%d"):format(round * 7919 % 1009)
    words[#words + 1] = word:gsub("%d", function(digit) return string.char(97 + digit) end)
end
local joined = table.concat(words, " ")
print(#joined, hash(joined), select(2, joined:gsub("wa", "")))
print(pcall(string.rep, "x", -1), pcall(string.gsub, "x", "(", ""), pcall(string.format, "%d", 1.5))
print(("a"):rep(30):find(("a?"):rep(12) .. ("a"):rep(12)))
