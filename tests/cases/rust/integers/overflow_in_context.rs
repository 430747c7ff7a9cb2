//! Overflow inside of larger expressions: what was evaluated before it happened, and which operation it was.
//# inputs: 0 1 2 3 4 5 6 7
struct Log { seen: u64 }
impl Log { fn note(&mut self, x: u8) -> u8 { self.seen = self.seen * 300 + x as u64; x } }
fn index(at: u8) -> usize { (at - 3) as usize }
pub fn run(input: u64) -> u64 {
    let n = input as u8;
    let mut log = Log { seen: 0 };
    let mut table = [1u8, 100, 200];
    match n {
        0 => (log.note(200) + log.note(100)) as u64,
        1 => log.note(2) as u64 * (log.note(n) - log.note(2)) as u64,
        2 => table[index(n + 1)] as u64 + table[index(n)] as u64,
        3 => { table[2] += table[1]; table[2] as u64 }
        4 => { let x: i8 = -(n as i8 - 4) - 127 - (n as i8 - 2); x as u64 }
        5 => { for x in table.iter_mut() { *x *= 2; } 0 }
        6 => (n as u64 + 250) as u8 as u64 + { let t = n << 2; (t - 24) as u64 },
        _ => { let r = &mut table[0]; *r -= 1; *r -= 1; 9 }
    }
}
