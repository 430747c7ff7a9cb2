//! Macros by example: repetitions, nesting, recursion, fragments of every kind, hygiene.
macro_rules! sum {
    () => { 0u64 };
    ($first:expr $(, $rest:expr)* $(,)?) => { $first + sum!($($rest),*) };
}
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($field:ident : $ty:ty = $value:expr),* }) => {
        $(#[$meta])* $vis struct $name { $($field: $ty),* }
        impl $name { fn new() -> Self { $name { $($field: $value),* } } fn total(&self) -> u64 { 0 $(+ self.$field as u64)* } }
    };
}
record!(#[derive(Clone)] pub struct Point { x: u8 = 3, y: i32 = 40, deep: u64 = sum!(1, 2, 3) });
macro_rules! choose {
    ($value:expr; $($pattern:pat $(if $guard:expr)? => $result:expr),+ ; else $other:expr) => { match $value { $($pattern $(if $guard)? => $result,)+ _ => $other } };
}
macro_rules! function { ($name:ident, $op:tt, $k:literal) => { fn $name(x: u64) -> u64 { x $op $k } }; }
function!(plus, +, 7);
function!(xor, ^, 0x3f);
macro_rules! swap { ($a:ident, $b:ident) => { let t = $a; $a = $b; $b = t; }; }
macro_rules! count { ($($x:tt)*) => { <[()]>::len(&[$(count!(@ $x)),*]) }; (@ $x:tt) => { () }; }
macro_rules! count_each { ($([$($x:ident)*])*) => { [$(0u64 $(+ { stringify!($x).len() as u64 })*),*] }; }
pub fn run(input: u64) -> u64 {
    let (mut a, mut b, t) = (input, 5, 1000);
    swap!(a, b);
    let chosen = choose!(input; 0 | 1 => 10, n if input > 2 => n * 100; else 7);
    let [x, y, z] = count_each!([one two] [] [three]);
    sum!(a, b * 10, t,) + chosen * 3 + Point::new().clone().total() * 10_000 + plus(input) + xor(input) + x + y * 3 + z * 5
}
