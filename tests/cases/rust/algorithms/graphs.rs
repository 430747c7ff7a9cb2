//! Breadth-first search, Dijkstra, Floyd-Warshall, union-find and topological order over adjacency matrices.
const N: usize = 9;
type Graph = [[Option<u32>; N]; N];
fn make(seed: u64) -> Graph {
    let mut g = [[None; N]; N];
    let mut s = seed * 7 + 3;
    for i in 0..N { for j in 0..N { s = s.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); if i != j && s >> 33 & 3 == 0 { g[i][j] = Some((s >> 40) as u32 % 20 + 1) } } }
    g
}
fn dijkstra(g: &Graph, from: usize) -> [Option<u32>; N] {
    let (mut far, mut done) = ([None; N], [false; N]);
    far[from] = Some(0);
    while let Some((i, d)) = (0..N).filter(|i| !done[*i]).filter_map(|i| Some((i, far[i]?))).min_by_key(|(_, d)| *d) {
        done[i] = true;
        for (j, w) in g[i].iter().enumerate() {
            let Some(w) = w else { continue };
            if far[j].is_none_or(|old| old > d + w) { far[j] = Some(d + w); }
        }
    }
    far
}
fn floyd(g: &Graph) -> Graph {
    let mut d = *g;
    for i in 0..N { d[i][i] = Some(0); }
    for k in 0..N { for i in 0..N { for j in 0..N {
        if let (Some(a), Some(b)) = (d[i][k], d[k][j]) && d[i][j].is_none_or(|c| a + b < c) { d[i][j] = Some(a + b); }
    } } }
    d
}
fn find(parent: &mut [usize; N], x: usize) -> usize { if parent[x] == x { x } else { let root = find(parent, parent[x]); parent[x] = root; root } }
pub fn run(input: u64) -> u64 {
    let g = make(input);
    let all = floyd(&g);
    let mut hash = 0u64;
    for i in 0..N {
        let far = dijkstra(&g, i);
        assert!(far == all[i], "both ways are as short");
        hash = far.iter().fold(hash, |h, d| h.wrapping_mul(31) + d.map_or(99, u64::from));
    }
    let mut parent: [usize; N] = std::array::from_fn(|i| i);
    for i in 0..N { for j in 0..N { if g[i][j].is_some_and(|w| w < 6) { let (a, b) = (find(&mut parent, i), find(&mut parent, j)); parent[a] = b; } } }
    let roots = (0..N).filter(|i| parent[*i] == *i).count() as u64;
    let (mut queue, mut seen, mut head, mut tail) = ([0usize; N], 1u32, 0, 1);
    while head < tail {
        for j in 0..N { if g[queue[head]][j].is_some() && seen >> j & 1 == 0 { seen |= 1 << j; queue[tail] = j; tail += 1; } }
        head += 1;
    }
    hash ^ roots << 50 ^ (seen as u64) << 20
}
