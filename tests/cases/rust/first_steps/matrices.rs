//! Arrays of arrays, changed through mutable references and loops.
fn scale(m: &mut [[u64; 3]; 2], by: u64) { for row in m { for x in row { *x *= by; } } }
pub fn run(input: u64) -> u64 {
    let mut m = [[1, 2, 3], [4, 5, 6]];
    m[input as usize % 2][1] += 10;
    scale(&mut m, input + 1);
    let mut sum = 0;
    for i in 0..2 { for j in 0..3 { sum = sum * 3 + m[i][j]; } }
    sum
}
