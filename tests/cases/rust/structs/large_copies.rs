//! Large values are copied when they are passed, assigned, returned and stored, and changes stay apart.
#[derive(Clone, Copy)]
struct Grid { cells: [[u32; 8]; 8], stamp: u64 }
fn stamped(mut grid: Grid, stamp: u64) -> Grid {
    grid.stamp = stamp;
    grid.cells[1][2] += 5;
    grid
}
fn touch(grid: &mut Grid) {
    grid.cells[7][7] = 99;
}
impl Grid {
    fn sum(self) -> u64 {
        let mut sum = self.stamp;
        for (i, row) in self.cells.iter().enumerate() {
            for (j, cell) in row.iter().enumerate() {
                sum += *cell as u64 * (i * 8 + j + 1) as u64;
            }
        }
        sum
    }
}
pub fn run(input: u64) -> u64 {
    let first = Grid { cells: [[input as u32; 8]; 8], stamp: 1 };
    let second = stamped(first, 2);
    let mut both = [first, second];
    touch(&mut both[1]);
    let third = both[1];
    both[0] = both[1];
    both[1].cells[0] = [7; 8];
    first.sum() + second.sum() * 3 + third.sum() * 5 + both[0].sum() * 7 + both[1].sum() * 11
}
