//! Arrays of arrays of arrays: transposed, rotated, flood filled, summed along axes, with index arithmetic.
type Cube = [[[i16; 3]; 4]; 2];
fn transpose<const R: usize, const C: usize, T: Copy + Default>(m: &[[T; C]; R]) -> [[T; R]; C] {
    let mut t = [[T::default(); R]; C];
    for (i, row) in m.iter().enumerate() { for (j, x) in row.iter().enumerate() { t[j][i] = *x; } }
    t
}
fn rotate(m: &mut [[u8; 4]; 4]) {
    for i in 0..2 { for j in i..3 - i {
        let t = m[i][j];
        m[i][j] = m[3 - j][i];
        m[3 - j][i] = m[3 - i][3 - j];
        m[3 - i][3 - j] = m[j][3 - i];
        m[j][3 - i] = t;
    } }
}
fn fill(grid: &mut [[u8; 6]; 5], i: usize, j: usize, with: u8) -> u32 {
    if i >= 5 || j >= 6 || grid[i][j] != 0 { return 0 }
    grid[i][j] = with;
    1 + fill(grid, i + 1, j, with) + fill(grid, i.wrapping_sub(1), j, with) + fill(grid, i, j + 1, with) + fill(grid, i, j.wrapping_sub(1), with)
}
pub fn run(input: u64) -> u64 {
    let mut cube: Cube = [[[0; 3]; 4]; 2];
    for n in 0..24 { cube[n / 12][n / 3 % 4][n % 3] = (n * n) as i16 - input as i16; }
    let flat = transpose(&cube[1]);
    let mut m = [[0; 4]; 4];
    for (n, x) in m.as_flattened_mut().iter_mut().enumerate() { *x = n as u8; }
    for _ in 0..input { rotate(&mut m); }
    let mut grid = [[0u8; 6]; 5];
    for n in 0..30 { if n * 7 % 11 < 4 { grid[n / 6][n % 6] = 1; } }
    let filled = fill(&mut grid, input as usize, 2, 5) + fill(&mut grid, 4, 5, 6);
    let sums: [i32; 3] = std::array::from_fn(|k| cube.iter().flatten().map(|row| row[k] as i32).sum());
    let hash = m.iter().flatten().fold(0u64, |h, x| h.wrapping_mul(17) + *x as u64);
    hash ^ (flat[2][1] as u64) << 30 ^ (filled as u64) << 40 ^ (sums[0] + sums[2] * 3) as u64
}
