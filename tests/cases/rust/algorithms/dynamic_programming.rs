//! Knapsack, coin change, longest increasing subsequence, matrix chains, Catalan numbers and partitions, in arrays.
//# inputs: 0 1 5 17
fn knapsack<const N: usize>(items: [(usize, u32); N], room: usize) -> u32 { let mut best = [0u32; 64]; for (weight, value) in items { for w in (weight..=room).rev() { best[w] = best[w].max(best[w - weight] + value); } } best[room] }
fn coins(amount: usize, kinds: &[usize]) -> (u64, Option<u32>) {
    let (mut ways, mut fewest) = ([0u64; 128], [None; 128]);
    ways[0] = 1;
    fewest[0] = Some(0);
    for kind in kinds { for a in *kind..=amount { ways[a] += ways[a - kind]; fewest[a] = match (fewest[a], fewest[a - kind]) { (Some(x), Some(y)) => Some(u32::min(x, y + 1)), (x, y) => x.or(y.map(|y| y + 1)) }; } }
    (ways[amount], fewest[amount])
}
fn increasing(items: &[i32]) -> usize { let mut tails = [i32::MAX; 16]; let mut used = 0; for x in items { let at = tails[..used].partition_point(|t| t < x); tails[at] = *x; used = used.max(at + 1); } used }
fn chain(sizes: &[u64]) -> u64 { let n = sizes.len() - 1; let mut cost = [[0u64; 8]; 8]; for len in 2..=n { for i in 0..=n - len { let j = i + len - 1; cost[i][j] = (i..j).map(|k| cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1]).min().unwrap_or(0); } } cost[0][n - 1] }
fn catalan(n: usize) -> u64 { let mut c = [0u64; 20]; c[0] = 1; for i in 1..=n { c[i] = (0..i).map(|j| c[j] * c[i - 1 - j]).sum(); } c[n] }
fn partitions(n: usize) -> u64 { let mut p = [0u64; 64]; p[0] = 1; for k in 1..=n { for m in k..=n { p[m] += p[m - k]; } } p[n] }
pub fn run(input: u64) -> u64 {
    let n = input as usize;
    let k = knapsack([(3, 4), (4, 5), (7, 10), (8 + n % 3, 11), (9, 13)], 17 + n);
    let (ways, fewest) = coins(20 + n * 3, &[1 + n % 2 * 4, 5, 10, 25]);
    let l = increasing(&[3, 1, n as i32, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]);
    k as u64 ^ ways << 10 ^ fewest.map_or(99, u64::from) << 30 ^ (l as u64) << 36 ^ chain(&[10, 30, 5 + input, 60, 2, 7]) << 40 ^ catalan(n) ^ partitions(n + 10) << 52
}
