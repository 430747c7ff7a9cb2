//! Vec: push, pop, insert, remove, index, grow, truncate, with capacity kept, sliced and iterated.
pub fn run(input: u64) -> u64 {
    let mut v: Vec<u64> = Vec::new();
    for i in 0..10 { v.push(i * i + input); }
    v.insert(3, 100);
    let removed = v.remove(5) + v.swap_remove(0);
    v.truncate(8);
    v.extend([7, 8, 9].iter());
    v.extend_from_slice(&[input; 3]);
    v[2] += 5;
    let last = v.pop().unwrap_or(0);
    v.retain(|x| x % 3 != 1);
    v.dedup();
    let tail: Vec<u64> = v.split_off(v.len() / 2);
    v.resize(v.len() + 2, 77);
    let drained: u64 = v.drain(1..3).sum();
    let mut w = vec![1u64; 4];
    w.append(&mut v);
    let empty = v.is_empty() && v.first().is_none();
    let room = Vec::<u8>::with_capacity(20).capacity() >= 20;
    w.iter().chain(&tail).fold(0u64, |s, x| s.wrapping_mul(31) + x) ^ removed << 40 ^ last << 50 ^ drained << 30 ^ empty as u64 ^ (room as u64) << 1
}
