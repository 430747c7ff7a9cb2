//! Every operator, in every kind of place.

pub const LENGTH: usize = 2 + 2;
pub static MASK: u8 = !0 & 0x0f;

pub enum Numbered {
    One = 1 << 0,
    Two = 1 << 1,
}

pub struct Sized {
    pub bytes: [u8; LENGTH * 2],
}

pub fn arithmetic(a: i64, b: i64) -> i64 {
    a + b - a * b / a % b
}

pub fn bits(a: u64, b: u64) -> u64 {
    (a & b) | (a ^ b) << 3 >> 2
}

pub fn compared(a: u8, b: u8) -> bool {
    a == b || a != b && a < b || a > b && a <= b || a >= b
}

pub fn assigned(mut a: i64, b: i64) -> i64 {
    a += b;
    a -= b;
    a *= b;
    a /= b;
    a %= b;
    a &= b;
    a |= b;
    a ^= b;
    a <<= b;
    a >>= b;
    a
}

pub fn deleted(a: i64, b: bool) -> (i64, bool) {
    (-a, !b)
}

pub fn kept(a: &i64) -> i64 {
    *a
}

pub fn literals() -> i64 {
    match -1 {
        -1 => -2,
        -5..=-3 => 0,
        _ => 3 - -1,
    }
}

pub fn lines(
    a: i64,
    /* the column of what follows ünïcödé */ b: i64,
) -> i64 {
    let ä = a
        + // said in between
        b; let ö = ä * 2;
    ö
}

pub fn arms(a: Option<u8>, b: &str) -> u8 {
    match a {
        Some(0) => 1,
        Some(1 | 2) | None if b.is_empty() => 2,
        Some(n) if n > 3
            && n < 9 => n,
        Some(
            10..=20
        ) => {
            3
        }
        | None => match b {
            "a" | "b" => 5,
            "c" => 6,
            other => other.len() as u8,
        },
        _ => 4
    }
}

pub fn wildcard_with_guard(a: u8) -> u8 {
    match a {
        1 => 2,
        _ if a > 7 => 3,
        n => n,
    }
}

#[derive(Default, Clone)]
pub struct Options {
    pub a: u8,
    pub b: String,
    pub c: Option<u8>,
}

pub fn fields(c: Option<u8>) -> Options {
    let first = Options { a: 1 + 1, b: "b".into(), c };
    let second = Options { a: 2, ..first };
    let _ = self::Options { b: "x".to_owned(), c, ..Default::default() };
    Options {
        a: 3, // three
        b: String::new(),
        ..second
    }
}

pub fn closures(a: &[i64]) -> i64 {
    let twice = |n: &i64| n * 2;
    a.iter().map(|n| twice(n) + 1).filter(|n| *n > 3 && !n.is_negative()).sum()
}

pub fn nested(a: u8) -> u8 {
    fn inner(a: u8) -> u8 {
        const STEP: u8 = 1 + 1;
        fn innermost() -> u8 {
            6 - 1
        }
        a + STEP + innermost()
    }
    struct Local;
    impl Local {
        fn method(&self) -> bool {
            1 < 2
        }
    }
    if Local.method() { inner(a) } else { 0 }
}

pub fn macros(a: u8) -> String {
    assert!(a + 1 > 0);
    println!("{}", a * 2);
    format!("{}", a == 2)
}

macro_rules! doubled {
    ($a:expr) => {
        fn of_the_macro() -> i64 { $a * 2 }
    };
}
doubled!(3 + 4);

pub fn lets(a: Option<u8>) -> u8 {
    if let Some(b) = a && b > 3 {
        return b - 1;
    }
    let Some(b) = a else { return 1 + 1 };
    while b >= 1 {
        break;
    }
    for i in 0..b + 1 {
        drop(i);
    }
    b
}

pub fn casts(a: i32) -> bool {
    (a as u32 as usize) < LENGTH
}

pub fn r#type(r#fn: u8) -> u8 {
    r#fn + 1
}

pub fn blocks(a: u8) -> u8 {
    let b = unsafe { *(&a as *const u8) + 1 };
    let c = const { 1 + 1 };
    let d = 'out: { break 'out a * 2 };
    b ^ c ^ d
}

pub async fn later(a: u8) -> u8 {
    async move { a + 1 }.await
}
