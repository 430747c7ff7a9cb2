-- Files, time, the operating system.
local path = folder .. "/text.txt"
local file = assert(io.open(path, "w"))
print(io.type(file), file:setvbuf("full", 1024))
for line = 1, 200 * scale do file:write("line ", line, " ", line / 4, "\n") end
print(file:seek("cur") > 100, file:close(), io.type(file), pcall(file.write, file, "x"))
local count, sum = 0, 0
for text, number, quarter in io.lines(path, "l", 0, 0) do count = count + 1 end
for line in io.lines(path) do sum = sum + #line end
print(count, sum)
file = io.open(path)
print(file:read("l"), file:read(5), file:read("n"), file:read("n"), file:read("L"), file:seek("set", 3), file:read(4), file:seek("end"), file:read("a"), file:read("l"))
file:close()
file = io.open(path, "r+")
file:seek("set", 5) file:write("X") file:seek("set") print(file:read("l")) file:close()
file = io.open(path, "a") file:write("appended") file:close()
local all = io.open(path):read("a")
print(#all, hash(all), all:sub(-8))
print((select(2, io.open(folder .. "/missing")):gsub(folder, "folder", 1)), pcall(io.lines, folder .. "/missing") == false)
print(os.rename(path, path .. "2"), os.remove(path .. "2"), (select(2, os.remove(path)):gsub(folder, "folder", 1)))
print(os.time({ year = 2024, month = 2, day = 29, hour = 12 }) - os.time({ year = 2023, month = 2, day = 28, hour = 12 }), os.date("!%Y-%m-%d %H:%M:%S", 1700000000), os.date("!*t", 0).year)
print(type(os.clock()), os.getenv("NO_SUCH_VARIABLE"), type(os.tmpname), os.setlocale("C"), os.difftime(5, 3), pcall(os.date, "%Ez", 0))
local chunk = folder .. "/chunk.lua"
file = io.open(chunk, "w") file:write("#!skipped\nlocal a = ...; return a, 'from a file'") file:close()
print(loadfile(chunk)(9), dofile(chunk), pcall(dofile, folder .. "/missing.lua") == false)
local pipe = io.popen("echo through a pipe; exit 3")
print(pipe:read("a"), pipe:close())
local scratch = io.tmpfile()
scratch:write(string.rep("\0\1\2\255", 1000)) scratch:seek("set", 0)
print(#scratch:read("a"), scratch:close())
