//! Methods of slices that change: swap, reverse, fill, rotate, copy_within, sort, dedup by hand.
pub fn run(input: u64) -> u64 {
    let mut a = [9u32, 3, 7, 1, 8, 2, 6, 4, 5, input as u32];
    a.swap(0, 9);
    a[2..7].reverse();
    a[..4].rotate_left(1 + input as usize % 3);
    a[5..].rotate_right(2);
    a.copy_within(0..3, 4);
    a[8..].fill(11);
    let (l, r) = a.split_at_mut(5);
    l[0] += r[4];
    l[1..3].swap_with_slice(&mut r[1..3]);
    let before = a.iter().fold(0u64, |s, x| s.wrapping_mul(31) + *x as u64);
    a.sort_unstable();
    let after = a.iter().fold(0u64, |s, x| s.wrapping_mul(31) + *x as u64);
    a.sort_unstable_by(|x, y| y.cmp(x));
    let kept = {
        let mut kept = 0;
        for i in 1..a.len() {
            if a[i] != a[kept] {
                kept += 1;
                a[kept] = a[i];
            }
        }
        kept as u64
    };
    before ^ after.rotate_left(20) ^ kept << 50 ^ a.is_sorted() as u64
}
