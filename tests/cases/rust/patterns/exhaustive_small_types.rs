//! Exhaustive matches over bool, unit, small enums, nested options and u8 ranges, with uninhabited types.
//# inputs: 0 1 2 63 64 127 128 200 254 255
enum Never {}
fn sure(r: Result<u64, Never>) -> u64 { let Ok(n) = r; n }
fn parse(ok: bool, n: u64) -> Result<u64, Never> { if ok { Ok(n) } else { Ok(n + 1) } }
fn byte(n: u8) -> u8 { match n { 0 => 10, 1..=63 => 1, 64..=126 => 2, 127 => 3, 128..=254 => 4, u8::MAX => 5 } }
fn signed(n: i8) -> u8 { match n { i8::MIN..=-1 => 1, 0 => 2, 1..=i8::MAX => 3 } }
fn bools(a: bool, b: bool, c: Option<bool>) -> u64 {
    match (a, b, c) {
        (true, true, None) => 1,
        (true, false, _) => 2,
        (false, x, Some(y)) if x == y => 3,
        (_, _, Some(true)) => 4,
        (true, _, Some(false)) => 5,
        (false, _, None | Some(false)) => 6,
    }
}
pub fn run(input: u64) -> u64 {
    let n = input as u8;
    let c = match n % 3 { 0 => None, 1 => Some(true), 2.. => Some(false) };
    let unit = match () { () => 1 };
    let character = match n as char { '\0'..='\u{7f}' => 1, '\u{80}'..=char::MAX => 2 };
    sure(parse(n > 5, input)) * 100_000 + byte(n) as u64 * 10_000 + signed(n as i8) as u64 * 1000 + bools(n & 1 > 0, n & 2 > 0, c) * 100 + unit * 10 + character
}
