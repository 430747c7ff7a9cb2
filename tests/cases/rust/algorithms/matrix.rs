//! Matrix product, determinant by elimination, and powers of matrices modulo a prime.
//# inputs: 0 1 2 5 17
const N: usize = 5;
type Matrix = [[f64; N]; N];
fn product(a: &Matrix, b: &Matrix) -> Matrix {
    let mut c = [[0.0; N]; N];
    for i in 0..N { for j in 0..N { for k in 0..N { c[i][j] += a[i][k] * b[k][j]; } } }
    c
}
fn determinant(mut m: Matrix) -> f64 {
    let mut d = 1.0;
    for i in 0..N {
        let pivot = (i..N).max_by(|a, b| m[*a][i].abs().total_cmp(&m[*b][i].abs())).unwrap_or(i);
        if m[pivot][i] == 0.0 { return 0.0 }
        if pivot != i { m.swap(pivot, i); d = -d; }
        d *= m[i][i];
        for j in i + 1..N {
            let f = m[j][i] / m[i][i];
            for k in i..N { m[j][k] -= f * m[i][k]; }
        }
    }
    d
}
fn fibonacci(mut n: u64) -> u64 {
    const P: u64 = 1_000_000_007;
    let times = |a: [[u64; 2]; 2], b: [[u64; 2]; 2]| {
        let mut c = [[0; 2]; 2];
        for i in 0..2 { for j in 0..2 { c[i][j] = (a[i][0] * b[0][j] + a[i][1] * b[1][j]) % P; } }
        c
    };
    let (mut base, mut result) = ([[1, 1], [1, 0]], [[1, 0], [0, 1]]);
    while n > 0 {
        if n & 1 == 1 { result = times(result, base) }
        base = times(base, base);
        n >>= 1;
    }
    result[0][1]
}
pub fn run(input: u64) -> u64 {
    let mut m = [[0.0; N]; N];
    for i in 0..N { for j in 0..N { m[i][j] = ((i * 7 + j * j * 3 + input as usize) % 11) as f64 - 4.5; } }
    let p = product(&m, &product(&m, &m));
    determinant(m).to_bits() ^ p[2][3].to_bits().rotate_left(9) ^ fibonacci(input * 1000 + 90)
}
