//! References to arithmetic on constants live for ever: sums, shifts, negations, casts, and what has several of them.
//# inputs: 0 1 3

const STEP: i32 = 7;
const MASK: u8 = 0xf0;

struct Span {
    from: i16,
    to: u64,
}

fn chosen(input: u64) -> &'static i32 {
    match input {
        0 => &(STEP * -3 + 1),
        1 => &(STEP % 4 - STEP / 2),
        _ => &!(STEP << 3 | 1),
    }
}

fn bytes() -> [&'static u8; 4] {
    [&(MASK >> 4), &!MASK, &(MASK ^ 0x3c & 0x18), &((STEP as u8) << 2)]
}

fn spans() -> &'static [Span] {
    &[Span { from: -(STEP as i16), to: (STEP - 10) as u64 }, Span { from: i16::MIN >> 2, to: u64::MAX / 3 }]
}

fn deep() -> (&'static i128, &'static [usize; 2], &'static Option<i8>) {
    (&(i64::MAX as i128 * 2), &[STEP as usize + 1, usize::MAX >> 60], &Some(-(STEP as i8) * 2))
}

pub fn run(input: u64) -> u64 {
    let mut sum = *chosen(input) as u64;
    for byte in bytes() {
        sum = sum.wrapping_mul(31).wrapping_add(u64::from(*byte));
    }
    for span in spans() {
        sum = sum.wrapping_mul(31).wrapping_add(span.to).wrapping_add(span.from as u64);
    }
    let (wide, sizes, small) = deep();
    sum.wrapping_add(*wide as u64).wrapping_add(sizes.iter().sum::<usize>() as u64).wrapping_add(small.unwrap_or(1) as u64)
}
