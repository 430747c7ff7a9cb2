//! Associated types and functions: containers, conversions, projections in signatures and bounds.
trait Container {
    type Item: Copy + Into<u64>;
    type Key;
    fn get(&self, key: Self::Key) -> Option<Self::Item>;
    fn first_key() -> Self::Key;
    fn total<I: Iterator<Item = Self::Key>>(&self, keys: I) -> u64 {
        let mut sum = 0;
        for key in keys {
            if let Some(item) = self.get(key) { sum = sum * 3 + item.into(); }
        }
        sum
    }
}
struct Row([u8; 4]);
struct Grid { cells: [[u32; 2]; 2] }
impl Container for Row {
    type Item = u8;
    type Key = usize;
    fn get(&self, key: usize) -> Option<u8> { self.0.get(key).copied() }
    fn first_key() -> usize { 0 }
}
impl Container for Grid {
    type Item = u32;
    type Key = (usize, usize);
    fn get(&self, (i, j): (usize, usize)) -> Option<u32> { self.cells.get(i)?.get(j).copied() }
    fn first_key() -> (usize, usize) { (1, 0) }
}
fn first<C: Container>(c: &C) -> u64 where C::Item: PartialOrd { c.get(C::first_key()).map_or(9, Into::into) }
pub fn run(input: u64) -> u64 {
    let row = Row([1, 2, input as u8, 4]);
    let grid = Grid { cells: [[10, 20], [input as u32 * 30, 40]] };
    row.total(0..6) * 1_000_000 + grid.total((0..3).map(|i| (i, (i + input as usize) % 3))) * 100 + first(&row) * 10 + first(&grid)
}
