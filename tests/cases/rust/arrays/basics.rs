//! Arrays: repeated, nested, of structs; copied, compared, indexed by expressions, changed by iteration.
#[derive(Clone, Copy, PartialEq)]
struct Cell { a: u8, b: u32 }
pub fn run(input: u64) -> u64 {
    let mut cells = [Cell { a: 1, b: 2 }; 5];
    let mut grid = [[0u16; 4]; 3];
    for (i, row) in grid.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            *cell = (i * 10 + j) as u16 + input as u16;
        }
    }
    let n = input as usize;
    cells[n % 5].b += grid[n % 3][(n + 1) % 4] as u32;
    cells[(n + 2) % 5] = Cell { a: 9, ..cells[n % 5] };
    let copy = cells;
    cells[0].a = 77;
    let same = copy == cells;
    let less = [1, 2, 3, input] < [1, 2, 3, 2];
    grid[1] = grid[2];
    grid[2][3] = 500;
    let mut sum = cells.len() as u64 + same as u64 * 2 + less as u64 * 4;
    for cell in cells {
        sum = sum * 7 + cell.a as u64 + cell.b as u64;
    }
    for row in &grid {
        for x in row {
            sum = sum.wrapping_mul(3) + *x as u64;
        }
    }
    sum
}
