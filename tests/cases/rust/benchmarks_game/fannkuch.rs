//! The benchmarks game's fannkuch-redux: all permutations in its order, the checksum and the most flips.
//# inputs: 3 6 7

fn flips(permutation: &[u8; 16]) -> i32 {
    let mut turned = *permutation;
    let mut count = 0;
    while turned[0] != 0 {
        let first = turned[0] as usize;
        turned[..=first].reverse();
        count += 1;
    }
    count
}

fn fannkuch(size: usize) -> (i32, i32) {
    let mut permutation = [0u8; 16];
    for (number, at) in permutation.iter_mut().enumerate() {
        *at = number as u8;
    }
    let mut left = [0usize; 16];
    let (mut checksum, mut most, mut number, mut rotated) = (0, 0, 0u32, size);
    loop {
        while rotated != 1 {
            left[rotated - 1] = rotated;
            rotated -= 1;
        }
        let count = flips(&permutation);
        most = most.max(count);
        checksum += if number % 2 == 0 { count } else { -count };
        loop {
            if rotated == size {
                return (checksum, most);
            }
            permutation[..=rotated].rotate_left(1);
            left[rotated] -= 1;
            if left[rotated] > 0 {
                break;
            }
            rotated += 1;
        }
        number += 1;
    }
}

pub fn run(input: u64) -> u64 {
    let (checksum, most) = fannkuch(input as usize);
    if input == 7 {
        assert_eq!((checksum, most), (228, 16));
    }
    (checksum as u32 as u64) << 32 | most as u64
}
