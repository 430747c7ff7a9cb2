use std::cell::Cell;
struct Count<'a>(&'a Cell<u64>);
impl Drop for Count<'_> {
    fn drop(&mut self) { self.0.set(self.0.get() + 1); }
}
struct Two<'a> { one: Count<'a>, list: [Count<'a>; 2] }
fn two(cell: &Cell<u64>) -> Two<'_> { Two { one: Count(cell), list: [Count(cell), Count(cell)] } }
fn dropped(cell: &Cell<u64>) { drop(two(cell)); }
fn unused<T>(_value: T) {}
pub fn answer() -> u64 {
    let cell = Cell::new(0);
    dropped(&cell);
    unused(Some(two(&cell)));
    cell.get()
}
//# gives: 6
//# edit: self.0.get() + 1 => self.0.get() + 10
//# gives: 60
//# edit: fn dropped => impl Drop for Two<'_> {\n    fn drop(&mut self) { self.one.0.set(self.one.0.get() * 2); }\n}\nfn dropped
//# gives: 90
//# edit: list: [Count<'a>; 2] } => list: [Count<'a>; 1] }
//# edit: [Count(cell), Count(cell)] } } => [Count(cell)] } }
//# gives: 60
//# edit: \nimpl Drop for Count<'_> {\n    fn drop(&mut self) { self.0.set(self.0.get() + 10); }\n} => 
//# gives: 0
//# edit: Cell::new(0) => Cell::new(3)
//# gives: 12
