//! The free ranges against a model: one byte of truth per granule, driven by a seeded generator.

use super::{FreeRanges, Taken};

/// A small deterministic generator (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % u64::from(limit)) as u32
    }
}

#[test]
fn agrees_with_a_model() {
    const LENGTH: u32 = 64 * 1024;
    const GRANULE: u32 = 64;
    for seed in 1..=8 {
        let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ (seed << 32));
        let mut ranges = FreeRanges::new(LENGTH, GRANULE);
        let mut used = vec![false; (LENGTH / GRANULE) as usize];
        let mut ever = used.clone();
        let mut held: Vec<Taken> = Vec::new();
        for _ in 0..4000 {
            if random.below(100) < 55 {
                let (size, align) = (1 + random.below(1500), 1 << random.below(10));
                let Some(taken) = ranges.take(size, align) else { continue };
                assert_eq!(taken.start % align.max(GRANULE), 0, "alignment");
                assert!(taken.length >= size && taken.length < size + GRANULE);
                let cells = taken.start / GRANULE..(taken.start + taken.length) / GRANULE;
                for cell in cells {
                    assert!(!std::mem::replace(&mut used[cell as usize], true), "overlap");
                    assert!(taken.reused || !ever[cell as usize], "a used range called fresh");
                    ever[cell as usize] = true;
                }
                held.push(taken);
            } else if !held.is_empty() {
                let Taken { start, length, .. } =
                    held.swap_remove(random.below(held.len() as u32) as usize);
                ranges.give_back(start, length);
                used[(start / GRANULE) as usize..((start + length) / GRANULE) as usize].fill(false);
            }
            let runs = used.chunk_by(|a, b| a == b).filter(|run| !run[0]).count();
            assert_eq!(ranges.count(), runs, "free neighbours are joined");
            let live = used.iter().filter(|used| **used).count() as u32 * GRANULE;
            assert_eq!(ranges.live(), live as usize);
        }
        for Taken { start, length, .. } in held {
            ranges.give_back(start, length);
        }
        assert_eq!((ranges.count(), ranges.live()), (1, 0));
        assert_eq!(ranges.take(LENGTH, 1).map(|taken| taken.start), Some(0));
    }
}

#[test]
fn takes_the_smallest_hole_that_fits() {
    let mut ranges = FreeRanges::new(4096, 64);
    let taken: Vec<_> = [128, 64, 256, 64, 64].map(|size| ranges.take(size, 1).unwrap()).into();
    ranges.give_back(taken[0].start, taken[0].length);
    ranges.give_back(taken[2].start, taken[2].length);
    ranges.give_back(taken[4].start, taken[4].length);
    assert_eq!(ranges.take(100, 1).unwrap().start, taken[0].start);
    assert_eq!(ranges.take(100, 1).unwrap().start, taken[2].start);
}

#[test]
fn refuses_what_does_not_fit() {
    let mut ranges = FreeRanges::new(1000, 64);
    assert_eq!(ranges.take(1000, 1), None, "rounded down to the granule");
    assert_eq!(ranges.take(u32::MAX, 1), None);
    assert_eq!(ranges.take(960, 1).map(|taken| taken.length), Some(960));
    assert_eq!(ranges.take(1, 1), None);
}
