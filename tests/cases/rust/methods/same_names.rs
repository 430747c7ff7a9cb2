//! A method of the type goes before one of a trait; traits with the same method are named; fields and methods share names.
struct Thing { value: u64 }
trait First { fn value(&self) -> u64; fn name(&self) -> u64 { 1 } }
trait Second { fn value(&self) -> u64; fn name(&self) -> u64 { 2 } }
impl Thing { fn value(&self) -> u64 { self.value + 10 } }
impl First for Thing { fn value(&self) -> u64 { self.value + 20 } }
impl Second for Thing { fn value(&self) -> u64 { self.value + 30 } fn name(&self) -> u64 { 3 } }
impl First for u64 { fn value(&self) -> u64 { *self } }
impl First for &u64 { fn value(&self) -> u64 { **self + 1000 } }
pub fn run(input: u64) -> u64 {
    let thing = Thing { value: input };
    let n = input;
    let a = thing.value + thing.value() * 3 + First::value(&thing) * 5 + <Thing as Second>::value(&thing) * 7;
    let b = First::name(&thing) + Second::name(&thing) * 10;
    let c = n.value() + (&n).value() * 3 + First::value(&&n) * 5;
    (a * 1000 + b) * 100_000 + c
}
