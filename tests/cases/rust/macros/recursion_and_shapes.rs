//! Macros that recurse over lists, reverse them, build structs of nested macros, count by halves, and shadow on purpose.
macro_rules! reverse { ([] $($done:expr),*) => { [$($done),*] }; ([$head:expr $(, $tail:expr)*] $($done:expr),*) => { reverse!([$($tail),*] $head $(, $done)*) }; }
macro_rules! count { () => { 0usize }; ($odd:tt $($a:tt $b:tt)*) => { count!($($a)*) * 2 + 1 }; ($($a:tt $even:tt)*) => { count!($($a)*) * 2 }; }
macro_rules! polynomial { ($x:expr; $c:expr) => { $c }; ($x:expr; $c:expr, $($rest:expr),+) => { $c + $x * polynomial!($x; $($rest),+) }; }
macro_rules! bits { ($($name:ident @ $at:literal),* $(,)?) => { #[derive(Clone, Copy)] struct Flags(u32); #[allow(non_upper_case_globals)] impl Flags { $(const $name: Flags = Flags(1 << $at);)* fn names(self) -> u64 { let mut n = 0; $(if self.0 & Self::$name.0 != 0 { n = n * 10 + stringify!($name).len() as u64; })* n } } }; }
bits! { Read @ 0, Write @ 1, Execute @ 5 }
macro_rules! max { ($x:expr) => { $x }; ($x:expr, $($rest:expr),+) => {{ let (a, b) = ($x, max!($($rest),+)); if a > b { a } else { b } }}; }
macro_rules! pipeline { ($x:expr $(=> $f:ident $(($($arg:expr),*))?)*) => {{ let x = $x; $(let x = $f(x $($(, $arg)*)?);)* x }}; }
macro_rules! with { ($name:ident = $value:expr => $body:expr) => {{ let $name = $value; $body }}; }
macro_rules! hygiene { ($e:expr) => {{ let x = 100; $e + x }}; }
macro_rules! loops { ($label:lifetime : $i:ident in $r:expr => $body:block) => { $label: for $i in $r $body }; }
fn add(x: u64, y: u64) -> u64 { x + y }
fn square(x: u64) -> u64 { x * x }
pub fn run(input: u64) -> u64 {
    let x = input;
    let [a, b, .., z] = reverse!([1u64, x, 3, 4 + x, 5]);
    let mut total = 0;
    loops!('outer: i in 0..6u64 => { for j in 0..i { if i * j > 6 + x { break 'outer } total += i + j; } });
    let flags = Flags(Flags::Write.0 | if x > 1 { Flags::Execute.0 } else { Flags::Read.0 });
    a + b * 10 + z * 100 + count!(a b c d e f g) as u64 * 1000 + polynomial!(x; 1, 2, 3) * 7 + flags.names() * 11 + max!(3, x * 2, 4) * 13
        + pipeline!(x => add(1) => square => add(x)) * 17 + with!(y = x + 1 => y * y) + hygiene!(x) * 19 + total * 1_000_000
}
