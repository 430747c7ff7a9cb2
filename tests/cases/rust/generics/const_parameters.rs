//! Const generics: lengths, expressions of them, bools and chars, defaults, inference from arguments.
struct Matrix<const R: usize, const C: usize> { cells: [[i64; C]; R] }
impl<const R: usize, const C: usize> Matrix<R, C> {
    const SIZE: usize = R * C;
    fn of(f: impl Fn(usize, usize) -> i64) -> Self {
        let mut cells = [[0; C]; R];
        for i in 0..R { for j in 0..C { cells[i][j] = f(i, j); } }
        Matrix { cells }
    }
    fn times<const K: usize>(&self, other: &Matrix<C, K>) -> Matrix<R, K> {
        Matrix::of(|i, j| (0..C).map(|k| self.cells[i][k] * other.cells[k][j]).sum())
    }
    fn transposed(&self) -> Matrix<C, R> { Matrix::of(|i, j| self.cells[j][i]) }
}
struct Flags<const LOUD: bool, const MARK: char = 'x'>;
impl<const LOUD: bool, const MARK: char> Flags<LOUD, MARK> { fn value(&self) -> u64 { if LOUD { MARK as u64 } else { 1 } } }
fn sum<T: Copy + Into<u64>, const N: usize>(items: [T; N]) -> u64 { let mut s = N as u64; for i in items { s = s * 3 + i.into() } s }
fn first<const N: usize>(items: &[u8]) -> [u8; N] { let mut out = [0; N]; out.copy_from_slice(&items[..N]); out }
fn power<const N: u32>(x: u64) -> u64 { x.pow(N) }
pub fn run(input: u64) -> u64 {
    let n = input as i64;
    let a = Matrix::<2, 3>::of(|i, j| (i * 3 + j) as i64 + n);
    let b = a.times(&a.transposed()).times(&Matrix::<2, 1> { cells: [[2], [n]] });
    let [x, y, z]: [u8; 3] = first(&[7, 8, 9, 10]);
    (b.cells[0][0] * 1000 + b.cells[1][0]) as u64 + Matrix::<4, 5>::SIZE as u64 * 7 + Flags::<true, 'q'>.value() + Flags::<false>.value()
        + sum([input as u8, 2]) * 100 + sum([1u32; 5]) + first::<2>(&[x, y, z])[1] as u64 + power::<3>(input) + power::<{ 1 + 1 }>(9)
}
