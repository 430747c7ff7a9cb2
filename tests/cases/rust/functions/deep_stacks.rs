//! Deep recursion with large frames, results through many levels, and panics from far below.
//# inputs: 0 1 10 100 500 501
#[derive(Clone, Copy)]
struct Frame { data: [u64; 16], depth: u32 }
fn down(frame: Frame, limit: u32) -> Result<Frame, u32> {
    if frame.depth == limit { return if limit == 501 { Err(frame.depth) } else { Ok(frame) } }
    let mut next = frame;
    next.depth += 1;
    let slot = &mut next.data[next.depth as usize % 16];
    *slot = slot.wrapping_add(frame.data[frame.depth as usize % 16]) ^ 1;
    let mut back = down(next, limit)?;
    back.data[0] ^= frame.data[5];
    Ok(back)
}
fn checked(n: u64, limit: u64) -> u64 { if n == 0 { [1u64, 2, 3][(limit % 5) as usize] } else { checked(n - 1, limit) + n % 2 } }
pub fn run(input: u64) -> u64 {
    let start = Frame { data: [1; 16], depth: 0 };
    let a = match down(start, input as u32) { Ok(frame) => frame.data.iter().fold(0u64, |h, x| h.wrapping_mul(31).wrapping_add(*x)), Err(depth) => depth as u64 };
    a ^ checked(input, input * 3 + 1) << 50
}
