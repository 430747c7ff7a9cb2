//! Derived traits: Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash.
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
enum Rank { Low, #[default] Mid, High(u8), Pair { a: i8, b: u16 } }
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
struct Card<T> { rank: Rank, suit: (u8, char), extra: [T; 2], done: bool }
struct Mix(u64);
impl Hasher for Mix {
    fn finish(&self) -> u64 { self.0 }
    fn write(&mut self, bytes: &[u8]) { for b in bytes { self.0 = (self.0 ^ *b as u64).wrapping_mul(0x100_0000_01b3); } }
}
fn hash<T: Hash>(t: &T) -> u64 { let mut h = Mix(7); t.hash(&mut h); h.finish() }
pub fn run(input: u64) -> u64 {
    let ranks = [Rank::Low, Rank::Mid, Rank::High(input as u8), Rank::High(2), Rank::Pair { a: -1, b: 3 }, Rank::Pair { a: -1, b: input as u16 }];
    let mut bits = 0u64;
    for a in ranks {
        for b in ranks { bits = bits << 1 | (a < b) as u64; }
    }
    let card = Card { rank: ranks[input as usize % 6], suit: (3, 'h'), extra: [input, 2], done: false };
    let mut other = card.clone();
    let same = card == other;
    other.extra[1] = 1;
    let order = match card.cmp(&other) { Ordering::Less => 1, Ordering::Equal => 2, Ordering::Greater => 3 };
    let default = Card::<u64>::default();
    let first = (default.rank == Rank::Mid) as u64 + (default < card) as u64 * 2;
    bits ^ hash(&card).rotate_left(5) ^ hash(&other) ^ (same as u64) << 40 ^ order << 42 ^ first << 45 ^ hash(&default)
}
