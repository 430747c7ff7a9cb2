//! A loop with many variables that swap roles, with exits in the middle, and values that live across back edges.
//# inputs: 0 1 2 10 1000
pub fn run(input: u64) -> u64 {
    let (mut a, mut b, mut c, mut d) = (input, 1u32, -1i16, 0.5f32);
    let mut flag = false;
    let mut last = None;
    for round in 0u8.. {
        (a, b) = (b as u64 + a / 3, (a & 0xffff) as u32 ^ b);
        c = c.wrapping_mul(3).wrapping_sub(round as i16);
        flag ^= c > 0;
        if flag { d += 1.25; } else { d *= 0.5; }
        match (a % 4, &mut last) { (0, slot @ None) => *slot = Some(round), (1, Some(r)) if round - *r > 5 => break, (2, slot) => { *slot = slot.take().map(|r| r / 2); } _ => {} }
        if round == 40 { break }
        let e = if flag && round % 2 == 0 { continue } else { b % 7 };
        a += e as u64;
    }
    a.wrapping_mul(1009) ^ (b as u64) << 20 ^ (c as u16 as u64) << 40 ^ d.to_bits() as u64 ^ (flag as u64) << 63 ^ last.map_or(77, u64::from) << 56
}
