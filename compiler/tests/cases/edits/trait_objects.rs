trait Voice { fn next(&mut self) -> u64; }
struct Up(u64);
struct Fixed;
impl Voice for Up { fn next(&mut self) -> u64 { self.0 += 1; self.0 } }
impl Voice for Fixed { fn next(&mut self) -> u64 { 5 } }
fn both(voices: &mut [&mut dyn Voice]) -> u64 { voices.iter_mut().map(|it| it.next()).sum() }
pub fn answer() -> u64 {
    let (mut up, mut fixed) = (Up(1), Fixed);
    both(&mut [&mut up, &mut fixed]) * 100 + both(&mut [&mut up])
}
//# gives: 703
//# edit: { 5 } => { 6 }
//# gives: 803
//# edit: fn next(&mut self) -> u64; => fn before(&mut self) -> u64 { 1 }\n    fn next(&mut self) -> u64;
//# gives: 803
//# edit: it.next() => it.next() + it.before()
//# gives: 1004
//# edit: impl Voice for Fixed { => impl Voice for Fixed { fn before(&mut self) -> u64 { 9 }
//# gives: 1804
