//! Conway's game of life over vectors of vectors, with wrap-around and growth.
//# inputs: 0 1 5 12
fn step(grid: &[Vec<bool>]) -> Vec<Vec<bool>> {
    let (h, w) = (grid.len(), grid[0].len());
    let near = |y: usize, x: usize| [(h - 1, w - 1), (h - 1, 0), (h - 1, 1), (0, w - 1), (0, 1), (1, w - 1), (1, 0), (1, 1)].iter().filter(|(dy, dx)| grid[(y + dy) % h][(x + dx) % w]).count();
    (0..h).map(|y| (0..w).map(|x| matches!((grid[y][x], near(y, x)), (true, 2 | 3) | (false, 3))).collect()).collect()
}
pub fn run(input: u64) -> u64 {
    let mut grid: Vec<Vec<bool>> = [" #   ", "  #  ", "###  ", "     ", "   ##"].iter().map(|row| row.bytes().map(|b| b == b'#').collect()).collect();
    for _ in 0..input { grid = step(&grid); }
    if input > 3 { for row in &mut grid { row.push(false); row.insert(0, true); } grid = step(&grid); }
    grid.concat().iter().fold(grid.len() as u64, |h, c| h.wrapping_mul(3) ^ *c as u64)
}
