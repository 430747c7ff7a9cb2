trait Rank { fn rank(&self) -> u64; }
fn ranked() -> u64 {
    struct Tone(u64);
    impl Rank for Tone { fn rank(&self) -> u64 { self.0 } }
    Tone(4).rank()
}
fn with_own() -> u64 {
    const N: usize = 2;
    struct Own([u8; N]);
    fn make() -> Own { Own([1; N]) }
    size_of_val(&make()) as u64 + u64::from(make().0[0])
}
pub fn answer() -> u64 { ranked() * 100 + with_own() }
//# gives: 403
//# edit: { self.0 } } => { self.0 + 1 } }
//# gives: 503
//# edit: const N: usize = 2; => const N: usize = 5;
//# gives: 506
//# edit: Own([1; N]) => Own([2; N])
//# gives: 507
