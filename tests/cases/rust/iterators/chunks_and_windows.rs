//! Slice iterators: chunks, exact and reversed ones, windows, mutable chunks, split, array chunks by hand.
pub fn run(input: u64) -> u64 {
    let mut a = [0u32; 12];
    for (i, x) in a.iter_mut().enumerate() { *x = (i as u32 * 7 + input as u32) % 11; }
    let mut sum = 0u64;
    for (i, chunk) in a.chunks(5).enumerate() { sum = sum * 13 + chunk.iter().map(|x| *x as u64).sum::<u64>() * (i + 1) as u64; }
    for chunk in a.rchunks(5) { sum = sum.wrapping_mul(13) + chunk[0] as u64 + chunk.len() as u64; }
    for chunk in a.chunks_mut(3) { chunk.reverse(); chunk[0] += 1; }
    for (x, y) in a.windows(2).map(|w| (w[0], w[1])) { sum = sum.wrapping_mul(5) + (x < y) as u64; }
    for pair in a.chunks_exact(2).rev() { sum = sum.wrapping_mul(7) + pair[0].abs_diff(pair[1]) as u64; }
    for part in a.split(|x| x % 4 == 0) { sum = sum.wrapping_mul(3) + part.len() as u64; }
    for part in a.splitn(3, |x| *x > 8) { sum = sum.wrapping_mul(3) + part.len() as u64; }
    for run in a.chunk_by(|x, y| x <= y) { sum = sum.wrapping_mul(3) + run.len() as u64; }
    let (chunks, rest) = a.as_chunks::<5>();
    sum.wrapping_mul(31) + chunks.iter().map(|c| c[4] as u64).sum::<u64>() + rest.len() as u64
}
