//! match on integers: ranges, alternatives, guards, bindings, negative and wide ones.
//# inputs: 0 1 2 3 9 10 11 99 100 127 128 200 255 256 1000 18446744073709551615
pub fn run(input: u64) -> u64 {
    let a = match input {
        0 => 1,
        1 | 3 | 5 => 2,
        2..=9 => 3,
        10..100 => 4,
        n if n % 2 == 0 => n % 1000,
        100.. => 6,
    };
    let b = match input as i8 {
        i8::MIN..=-100 => 1,
        n @ -99..=-1 => (n + 100) as u64,
        0 => 3,
        n @ (1 | 2 | 127) => n as u64 + 10,
        _ => 5,
    };
    const LIMIT: u32 = 255;
    let c = match input as u32 {
        LIMIT => 7,
        u32::MAX => 8,
        x => (x as u64) & 0xf,
    };
    let d = match (input as i128) << 64 {
        0 => 1,
        0x1_0000_0000_0000_0000 => 2,
        n if n < 0 => 3,
        _ => 4,
    };
    let e = match (input % 128) as u8 as char { 'a'..='z' | 'A'..='Z' => 1, '0'..='9' => 2, '\u{1}' => 3, _ => 4 };
    (((a * 200 + b) * 20 + c) * 10 + d) * 10 + e
}
