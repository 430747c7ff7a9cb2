struct Scale { by: u64 }
impl Scale { fn of(&self, x: u64) -> u64 { x * self.by + 1 } }
fn each<F: Fn(u64) -> u64>(list: &[u64], f: F) -> u64 {
    let mut sum = 0;
    for x in list { sum += f(*x); }
    sum
}
fn table(x: usize) -> u64 { [3, 5, 7, 9, 11][x] }
fn choose(x: u64) -> u64 { match x { 1 => 10, 2..=4 => 20, _ => 30 } }
pub fn answer() -> u64 {
    let scale = Scale { by: 2 };
    scale.of(4) * 1000 + each(&[1, 2], |x| x * 3) + table(1) + choose(2)
}
//# gives: 9034
//# edit: by: 2 => by: 3
//# gives: 13034
//# edit: x * 3 => x * 0x1_0
//# gives: 13073
//# edit: self.by + 1 => self.by + 100
//# gives: 112073
//# edit: [3, 5, 7 => [3, 50, 7
//# gives: 112118
//# edit: 20, _ => 2_000, _
//# gives: 114098
//# edit: 2..=4 => 2..=2
//# gives: 114098
//# edit: choose(2) => choose(3)
//# gives: 112128
//# edit: sum = 0; => sum = 1_000_000;
//# gives: 1112128
//# edit: sum = 1_000_000; => sum = true;
//# rejected
//# edit: choose(3) => choose(1)
//# rejected
//# edit: sum = true; => sum = 5;
//# gives: 112113
//# edit: &[1, 2] => &[1, 2, 3]
//# gives: 112161
//# edit: &[1, 2, 3] => &[1, 2, 30]
//# gives: 112593
//# edit: let mut sum = 5; => let mut sum = 5;\n
//# gives: 112593
//# edit: &[1, 2, 30] => &[1, 2, 0]
//# gives: 112113
