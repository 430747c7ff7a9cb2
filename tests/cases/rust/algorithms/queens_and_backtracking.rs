//! N queens by bits, permutations by Heap's method, subset sums, and a small maze.
//# inputs: 1 4 6 8
fn queens(n: u32, columns: u32, left: u32, right: u32) -> u64 {
    let full = (1 << n) - 1;
    if columns == full { return 1 }
    let mut free = full & !(columns | left | right);
    let mut count = 0;
    while free != 0 {
        let bit = free & free.wrapping_neg();
        free ^= bit;
        count += queens(n, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    count
}
fn permute<F: FnMut(&[u8])>(items: &mut [u8], n: usize, visit: &mut F) {
    if n <= 1 { return visit(items) }
    for i in 0..n {
        permute(items, n - 1, visit);
        items.swap(if n % 2 == 0 { i } else { 0 }, n - 1);
    }
}
fn subsets(items: &[i32], target: i32) -> u64 { match items { [] => (target == 0) as u64, [x, rest @ ..] => subsets(rest, target) + subsets(rest, target - x) } }
const MAZE: [&[u8; 8]; 6] = [b"S..#....", b".#.#.##.", b".#...#..", b".####.#.", b"......#E", b"##.##..."];
fn walk(seen: &mut [[bool; 8]; 6], at: (usize, usize)) -> Option<u64> {
    let (i, j) = at;
    if *MAZE.get(i)?.get(j)? == b'#' || std::mem::replace(&mut seen[i][j], true) { return None }
    if MAZE[i][j] == b'E' { return Some(0) }
    let next = [(i + 1, j), (i, j + 1), (i.wrapping_sub(1), j), (i, j.wrapping_sub(1))];
    next.into_iter().filter_map(|at| walk(seen, at)).min().map(|n| n + 1)
}
pub fn run(input: u64) -> u64 {
    let mut order = 0u64;
    let mut visits = 0u64;
    let n = input.min(6) as usize;
    permute(&mut [1, 2, 3, 4, 5, 6][..n], n, &mut |p| { visits += 1; order = order.wrapping_mul(31) + p[0] as u64 * 7 + p[n - 1] as u64; });
    queens(input as u32, 0, 0, 0) ^ visits << 10 ^ order << 20 ^ subsets(&[3, 5, 7, -2, 4, 1, 9], input as i32 * 2) << 56 ^ walk(&mut [[false; 8]; 6], (0, 0)).unwrap_or(50) << 48
}
