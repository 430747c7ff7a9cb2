//! What the library calls: comparisons, hashes, formatting, operators, conversions, default values, iterators.
//# inputs: 0 1 2 3 4 5
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
use std::collections::{BTreeMap, HashSet};
use std::{cmp::Ordering, fmt, hash::{Hash, Hasher}, ops::{Add, Deref, Index}};
fn leaf(x: u64) -> u64 { x + 1 }
#[derive(Clone, Copy, Debug)]
struct Note(u64);
impl PartialEq for Note { fn eq(&self, other: &Note) -> bool { self.cmp(other) == Ordering::Equal } }
impl Eq for Note {}
impl Ord for Note { fn cmp(&self, other: &Note) -> Ordering { (leaf(self.0) % 5).cmp(&(leaf(other.0) % 5)) } }
impl PartialOrd for Note { fn partial_cmp(&self, other: &Note) -> Option<Ordering> { Some(self.cmp(other)) } }
impl Hash for Note { fn hash<H: Hasher>(&self, state: &mut H) { (leaf(self.0) % 5).hash(state) } }
impl fmt::Display for Note { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "<{}>", leaf(self.0)) } }
impl Add for Note { type Output = Note; fn add(self, other: Note) -> Note { Note(leaf(self.0) + other.0) } }
impl Deref for Note { type Target = u64; fn deref(&self) -> &u64 { if leaf(self.0) % 2 == 0 { &self.0 } else { &77 } } }
impl Index<u64> for Note { type Output = u64; fn index(&self, at: u64) -> &u64 { if leaf(at) > 9 { &self.0 } else { &33 } } }
impl From<u64> for Note { fn from(x: u64) -> Note { Note(leaf(x)) } }
impl Default for Note { fn default() -> Note { Note(leaf(40)) } }
struct Count(u64);
impl Iterator for Count { type Item = u64; fn next(&mut self) -> Option<u64> { self.0 += 1; (self.0 < 9).then(|| leaf(self.0)) } }
pub fn run(input: u64) -> u64 {
    match input {
        0 => { let mut notes: Vec<Note> = (0..9).map(Note).collect(); notes.sort(); notes.iter().fold(0, |sum, note| sum * 10 + note.0) }
        1 => { let map: BTreeMap<Note, u64> = (0..7).map(|x| (Note(x), x)).collect(); map.values().fold(0, |sum, x| sum * 10 + x) }
        2 => format!("{} {:?}", Note(3), Note(4)).bytes().fold(0, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte)),
        3 => { let sum = Note(3) + Note(4); sum.0 * 10_000 + *sum * 100 + sum[8] }
        4 => { let note: Note = 5.into(); note.0 * 1000 + Option::<Note>::None.unwrap_or_default().0 + HashSet::from([Note(1), Note(2)]).len() as u64 }
        _ => Count(0).zip(Count(3)).map(|(a, b)| a * b).max().unwrap_or_default() + [1, 2, 3].map(leaf).iter().sum::<u64>(),
    }
}
