//! Constants that depend on type parameters, used as array lengths of other constants, in patterns by guards, through Self.
trait Codec { const NAME: &'static str; const WIDTH: usize; const LIMIT: u64 = (1u64 << (Self::WIDTH * 8 - 1)) - 1; const MASKS: [u64; 3] = [Self::LIMIT, !Self::LIMIT, Self::LIMIT >> 1]; fn encode(n: u64) -> u64; }
struct Small;
struct Wide<const BIG: bool>;
impl Codec for Small { const NAME: &'static str = "small"; const WIDTH: usize = 1; fn encode(n: u64) -> u64 { n & Self::LIMIT } }
impl<const BIG: bool> Codec for Wide<BIG> { const NAME: &'static str = if BIG { "big" } else { "little" }; const WIDTH: usize = if BIG { 4 } else { 2 }; const LIMIT: u64 = Self::WIDTH as u64 * 1000; fn encode(n: u64) -> u64 { match n { n if n > Self::LIMIT => Self::LIMIT, n => n } } }
struct Frame<C> { codec: std::marker::PhantomData<C> }
impl<C: Codec> Frame<C> {
    const HEADER: [u8; 4] = [C::WIDTH as u8, C::NAME.len() as u8, C::NAME.as_bytes()[0], 0xff];
    const TOTAL: usize = Self::HEADER.len() + C::WIDTH * 8;
    fn pack(values: &[u64]) -> u64 { values.iter().fold(Self::HEADER[2] as u64, |h, v| h.wrapping_mul(1000) + C::encode(*v)) + Self::TOTAL as u64 }
}
struct Options<const A: u8, const B: usize>;
impl<const A: u8, const B: usize> Options<A, B> { const BOTH: u64 = A as u64 * 100 + B as u64; const TABLE: [u8; B] = [A; B]; fn get() -> u64 { Self::BOTH + Self::TABLE.iter().map(|x| *x as u64).sum::<u64>() } }
pub fn run(input: u64) -> u64 {
    let values = [input, 200, 5000];
    Frame::<Small>::pack(&values) + Frame::<Wide<true>>::pack(&values) * 3 + Frame::<Wide<false>>::pack(&values) * 5
        + Small::MASKS[input as usize % 3] / 3 + <Wide<true> as Codec>::MASKS[2] + Options::<3, 4>::get() * 7 + Options::<{ 1 + 1 }, { Small::WIDTH + 1 }>::get()
}
