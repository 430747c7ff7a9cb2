//! Functions, consts, structs and impls inside of functions, with the same names in different ones.
//# rustc-function refuses: compiled with the whole file
fn first(x: u64) -> u64 {
    const STEP: u64 = 3;
    fn inner(x: u64) -> u64 { x + STEP }
    struct Local(u64);
    impl Local {
        fn get(&self) -> u64 { inner(self.0) }
    }
    Local(x).get()
}
fn second(x: u64) -> u64 {
    const STEP: u64 = 5;
    fn inner(x: u64) -> u64 { x * STEP }
    struct Local { x: u64, y: u8 }
    impl Local {
        fn get(&self) -> u64 {
            fn inner(x: u64) -> u64 { x << 1 }
            inner(self.x) + self.y as u64
        }
    }
    let local = Local { x, y: 4 };
    { const STEP: u64 = 100; inner(local.get()) + STEP }
}
pub fn run(input: u64) -> u64 {
    first(input) * 1000 + second(input)
}
