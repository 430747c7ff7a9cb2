//! Generic methods of generic traits, explicit instances, methods as values, paths through Self and types.
trait Source { fn get<T: FromBits>(&self, at: usize) -> T; fn all<T: FromBits, const N: usize>(&self) -> [T; N] { std::array::from_fn(|i| self.get::<T>(i)) } }
trait FromBits: Sized { const WIDTH: u32; fn from_bits(bits: u64) -> Self; fn checked(bits: u64) -> Option<Self> { if bits >> Self::WIDTH == 0 { Some(Self::from_bits(bits)) } else { None } } }
impl FromBits for bool { const WIDTH: u32 = 1; fn from_bits(bits: u64) -> Self { bits & 1 == 1 } }
impl FromBits for u8 { const WIDTH: u32 = 8; fn from_bits(bits: u64) -> Self { bits as Self } }
impl FromBits for (u8, bool) { const WIDTH: u32 = 9; fn from_bits(bits: u64) -> Self { (<u8 as FromBits>::from_bits(bits), FromBits::from_bits(bits >> 8)) } }
struct Word(u64);
impl Source for Word { fn get<T: FromBits>(&self, at: usize) -> T { T::from_bits(self.0.rotate_right(at as u32 * T::WIDTH)) } }
impl<S: Source + ?Sized> Source for &S { fn get<T: FromBits>(&self, at: usize) -> T { S::get(self, at + 1) } }
struct Maker<F>(F);
impl<F> Maker<F> { fn make<T, R>(&self, t: T) -> R where F: Fn(T) -> R { (self.0)(t) } fn twice<T>(&self, t: T) -> T where F: Fn(T) -> T { self.make(self.make(t)) } }
pub fn run(input: u64) -> u64 {
    let w = Word(input.wrapping_mul(0x1234_5678_9abc_def1) ^ 0x55aa);
    let bytes: [u8; 4] = w.all();
    let bits = w.all::<bool, 8>().iter().fold(0u64, |h, b| h << 1 | *b as u64);
    let (x, y) = (&w).get::<(u8, bool)>(1);
    let through = <&Word as Source>::get::<u8>(&&w, 0) as u64;
    let checked = u8::checked(input * 100).map_or(999, u64::from) + <bool as FromBits>::checked(input).is_some() as u64;
    let f: fn(u64) -> Option<u8> = <u8 as FromBits>::checked;
    let made = Maker(|s: &str| s.len() as u64).make("four") + Maker(u64::count_ones).make(input + 5) as u64 + Maker(|x: u64| x * 3).twice(input);
    bytes.iter().fold(made, |h, b| h * 259 + *b as u64) ^ bits << 40 ^ (x as u64) << 50 ^ (y as u64) << 60 ^ through ^ checked << 20 ^ f(300).is_none() as u64
}
