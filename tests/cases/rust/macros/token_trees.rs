//! Macros that parse a small language, count tokens, generate match arms, impls and nested repetitions.
macro_rules! calculate {
    (@ $acc:expr;) => { $acc };
    (@ $acc:expr; plus $x:literal $($rest:tt)*) => { calculate!(@ $acc + $x; $($rest)*) };
    (@ $acc:expr; times $x:literal $($rest:tt)*) => { calculate!(@ ($acc) * $x; $($rest)*) };
    (@ $acc:expr; ($($inner:tt)*) $($rest:tt)*) => { calculate!(@ $acc + calculate!($($inner)*); $($rest)*) };
    ($x:ident $($rest:tt)*) => { calculate!(@ $x; $($rest)*) };
}
macro_rules! matrix { ($([$($x:expr),*]),*) => { [$([$($x as i64),*]),*] }; }
macro_rules! names {
    ($($variant:ident = $text:expr ; $code:expr),* $(,)?) => {
        #[derive(Clone, Copy)] enum Name { $($variant),* }
        impl Name {
            const ALL: &'static [Name] = &[$(Name::$variant),*];
            fn text(self) -> &'static str { match self { $(Name::$variant => $text),* } }
            fn code(self) -> u64 { match self { $(Name::$variant => $code),* } }
        }
    };
}
names! { Alpha = "a" ; 1, Beta = "be" ; 2 + 3, Gamma = concat!("ga", "mma") ; { let x = 4; x * x } }
macro_rules! impls { ($($ty:ty => $n:expr);* ;) => { $(impl Numbered for $ty { fn number() -> u64 { $n } })* }; }
trait Numbered { fn number() -> u64; }
impls! { u8 => 1; [u8; 2] => 20; (u8, char) => 300; &'static str => 4000; }
pub fn run(input: u64) -> u64 {
    let a = calculate!(input plus 3 times 4 (input times 2) plus 1);
    let m = matrix!([1, 2.9, input], [b'a', true, -1]);
    let name = Name::ALL[input as usize % 3];
    a * 100 + (m[0][1] + m[0][2] * 10 + m[1][0] + m[1][2]) as u64 + name.text().len() as u64 * 10_000 + name.code() * 100_000
        + <u8>::number() + <[u8; 2]>::number() + <(u8, char)>::number() + <&str>::number()
}
