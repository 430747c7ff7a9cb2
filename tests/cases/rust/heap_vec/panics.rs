//! Panics of Vec: index, remove, insert, swap_remove, slices, drains, split_off, and unwrap of pop.
//# inputs: 0 1 2 3 4 5 6 7 8
pub fn run(input: u64) -> u64 {
    let mut v = vec![1u64, 2, 3];
    let n = input as usize;
    match input {
        0 => v[n + 3],
        1 => v.remove(n + 2),
        2 => { v.insert(n + 2, 9); 1 }
        3 => v.swap_remove(n),
        4 => v[1..n + 1].len() as u64,
        5 => v.drain(2..n).sum(),
        6 => v.split_off(n).len() as u64,
        7 => { v.clear(); v.pop().unwrap() }
        _ => { v[n - 6] = 5; v.into_iter().sum() }
    }
}
