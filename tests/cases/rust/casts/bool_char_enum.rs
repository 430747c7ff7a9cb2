//! Casts of bool, char and enums without fields to integers.
#[derive(Clone, Copy)]
enum Level {
    Low = -5,
    Middle,
    High = 300,
}
#[repr(u8)]
#[derive(Clone, Copy)]
enum Byte {
    A = 250,
    B,
}
pub fn run(input: u64) -> u64 {
    let level = match input % 3 {
        0 => Level::Low,
        1 => Level::Middle,
        _ => Level::High,
    };
    let byte = if input > 1 { Byte::A } else { Byte::B };
    let truth = input & 1 == 1;
    let letter = (b'a' + input as u8) as char;
    let wide = 'λ' as u8;
    (level as i32 as u64) ^ (level as u8 as u64) << 8 ^ (byte as i8 as u64) << 16 ^ (byte as u64) << 24
        ^ (truth as i64 as u64) << 40 ^ (letter as u64) << 44 ^ (wide as u64) << 54
}
