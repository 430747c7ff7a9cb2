//! Big integers in arrays: factorials, powers, division by small numbers, digits, square roots by Newton.
//# inputs: 0 1 5 20 30
#[derive(Clone, Copy, PartialEq, Eq)]
struct Big<const N: usize>([u32; N]);
impl<const N: usize> Big<N> {
    fn new(n: u32) -> Self { let mut b = Big([0; N]); b.0[0] = n; b }
    fn times(mut self, k: u32) -> Option<Self> {
        let mut carry = 0u64;
        for limb in &mut self.0 { let t = *limb as u64 * k as u64 + carry; *limb = t as u32; carry = t >> 32; }
        (carry == 0).then_some(self)
    }
    fn plus(mut self, o: &Self) -> (Self, bool) {
        let mut carry = false;
        for (a, b) in self.0.iter_mut().zip(&o.0) {
            let (x, c) = a.overflowing_add(*b);
            let (y, d) = x.overflowing_add(carry as u32);
            (*a, carry) = (y, c | d);
        }
        (self, carry)
    }
    fn divide(&mut self, k: u32) -> u32 {
        let mut rest = 0u64;
        for limb in self.0.iter_mut().rev() { let t = rest << 32 | *limb as u64; *limb = (t / k as u64) as u32; rest = t % k as u64; }
        rest as u32
    }
    fn is_zero(&self) -> bool { self.0.iter().all(|x| *x == 0) }
}
fn root(n: u64) -> u64 {
    let mut x = n;
    let mut y = x.div_ceil(2);
    while y < x { x = y; y = (x + n / x) / 2; }
    x
}
pub fn run(input: u64) -> u64 {
    let mut factorial = Some(Big::<3>::new(1));
    for k in 1..=input as u32 { factorial = factorial.and_then(|f| f.times(k)); }
    let mut digits = 0u64;
    let mut number = factorial.unwrap_or(Big([u32::MAX; 3]));
    while !number.is_zero() { digits = digits.wrapping_mul(11) + number.divide(10) as u64; }
    let (mut a, mut b) = (Big::<3>::new(0), Big::<3>::new(1));
    let mut rounds = 0;
    loop { let (c, over) = a.plus(&b); if over || rounds > 130 + input { break } a = b; b = c; rounds += 1; }
    digits ^ (b.0[2] as u64) << 32 ^ b.0[0] as u64 ^ rounds ^ root(input.pow(5) + 7) << 20
}
