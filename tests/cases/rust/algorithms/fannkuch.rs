//! Pancake flips over all permutations, with the checksum.
//# inputs: 1 2 4 6 7
pub fn run(input: u64) -> u64 {
    let n = input as usize;
    let mut perm1: [usize; 8] = std::array::from_fn(|i| i);
    let mut count = [0usize; 8];
    let (mut checksum, mut most, mut number, mut r) = (0i64, 0u64, 0u64, n);
    loop {
        while r != 1 { count[r - 1] = r; r -= 1; }
        let mut perm = perm1;
        let mut flips = 0;
        while perm[0] != 0 {
            let k = perm[0];
            perm[..=k].reverse();
            flips += 1;
        }
        most = most.max(flips);
        checksum += if number % 2 == 0 { flips as i64 } else { -(flips as i64) };
        loop {
            if r == n { return checksum as u64 ^ most << 32 ^ number << 40 }
            perm1[..=r].rotate_left(1);
            count[r] -= 1;
            if count[r] > 0 { break }
            r += 1;
        }
        number += 1;
    }
}
