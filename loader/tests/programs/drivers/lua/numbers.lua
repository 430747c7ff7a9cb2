-- Arithmetic in loops: bodies under gravity, permutations, trees, primes, matrices, queens.
local function bodies(steps)
    local list = {
        { 0, 0, 0, 0, 0, 0, 39.47 }, { 4.84, -1.16, -0.10, 0.606, 2.81, -0.02, 0.037 },
        { 8.34, 4.12, -0.40, -1.01, 1.82, 0.008, 0.011 }, { 12.89, -15.11, -0.22, 1.08, 0.868, -0.010, 0.0017 },
    }
    for _ = 1, steps do
        for i = 1, #list do
            local a = list[i]
            for j = i + 1, #list do
                local b = list[j]
                local dx, dy, dz = a[1] - b[1], a[2] - b[2], a[3] - b[3]
                local square = dx * dx + dy * dy + dz * dz
                local pull = 0.01 / (square * math.sqrt(square))
                a[4], a[5], a[6] = a[4] - dx * b[7] * pull, a[5] - dy * b[7] * pull, a[6] - dz * b[7] * pull
                b[4], b[5], b[6] = b[4] + dx * a[7] * pull, b[5] + dy * a[7] * pull, b[6] + dz * a[7] * pull
            end
        end
        for _, a in ipairs(list) do for axis = 1, 3 do a[axis] = a[axis] + 0.01 * a[axis + 3] end end
    end
    return list[2][1], list[3][2], list[4][3]
end
print(string.format("%.9f %.9f %.9f", bodies(100 * scale)))
local function flips(n)
    local order, most, check, sign = {}, 0, 0, 1
    for i = 1, n do order[i] = i end
    local function visit(k)
        if k == 1 then
            local copy, turns = { table.unpack(order) }, 0
            while copy[1] ~= 1 do
                local first = copy[1]
                for i = 1, first // 2 do copy[i], copy[first + 1 - i] = copy[first + 1 - i], copy[i] end
                turns = turns + 1
            end
            most, check, sign = math.max(most, turns), check + sign * turns, -sign
            return
        end
        for i = 1, k do
            visit(k - 1)
            local other = k % 2 == 0 and i or 1
            order[other], order[k] = order[k], order[other]
        end
    end
    visit(n)
    return most, check
end
print(flips(7))
local function tree(depth) if depth == 0 then return {} end return { tree(depth - 1), tree(depth - 1) } end
local function weigh(node) if not node[1] then return 1 end return 1 + weigh(node[1]) + weigh(node[2]) end
for depth = 4, 10, 2 do print(depth, weigh(tree(depth))) end
local sieve, primes = {}, 0
local limit = 2000 * scale
for i = 2, limit do
    if not sieve[i] then primes = primes + 1 for j = i * i, limit, i do sieve[j] = true end end
end
print(primes)
local function multiply(a, b, n)
    local c = {}
    for i = 1, n do
        local row = {}
        for j = 1, n do
            local sum = 0.0
            for k = 1, n do sum = sum + a[i][k] * b[k][j] end
            row[j] = sum
        end
        c[i] = row
    end
    return c
end
local m = {}
for i = 1, 30 do m[i] = {} for j = 1, 30 do m[i][j] = 1 / (i + j - 1) end end
print(string.format("%.12f", multiply(multiply(m, m, 30), m, 30)[7][11]))
local solutions = 0
local function queens(row, n, columns, left, right)
    if row > n then solutions = solutions + 1 return end
    for column = 1, n do
        if not (columns[column] or left[row + column] or right[row - column]) then
            columns[column], left[row + column], right[row - column] = true, true, true
            queens(row + 1, n, columns, left, right)
            columns[column], left[row + column], right[row - column] = nil, nil, nil
        end
    end
end
queens(1, 7, {}, {}, {})
print(solutions)
math.randomseed(42)
local first = { math.random(100), math.random(100), math.random() < 1 }
math.randomseed(42)
print(first[1] == math.random(100), first[2] == math.random(100), first[3], pcall(math.random, 2, 1))
print(math.sin(1), math.cos(1), math.tan(1), math.exp(1), math.log(10), math.log(8, 2), math.log(1000, 10), math.atan(1, 2), math.pi, math.max(1, 2.5), math.min(3, -1))
local function fibonacci(n) if n < 2 then return n end return fibonacci(n - 1) + fibonacci(n - 2) end
print(fibonacci(20))
local bits = 0
for i = 1, 1000 * scale do bits = (bits << 5 ~ bits >> 3 ~ i * 0x9E3779B9) & 0xFFFFFFFF end
print(bits)
