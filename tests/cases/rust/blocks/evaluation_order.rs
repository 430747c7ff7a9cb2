//! Operands, arguments, fields and elements are evaluated from left to right; the place of a compound assignment last.
struct Log(u64);
impl Log {
    fn at(&mut self, n: u64) -> u64 {
        self.0 = (self.0 * 11 + n) % 1_000_000_007;
        n
    }
}
struct Point { x: u64, y: u64, z: u64 }
fn three(a: u64, b: u64, c: u64) -> u64 {
    a * 100 + b * 10 + c
}
pub fn run(input: u64) -> u64 {
    let mut log = Log(input);
    let sum = log.at(1) + log.at(2) * log.at(3);
    let called = three(log.at(4), log.at(5), log.at(6));
    let point = Point { z: log.at(7), x: log.at(8), y: log.at(9) };
    let tuple = (log.at(1), [log.at(2), log.at(3)]);
    let mut array = [0u64; 4];
    array[log.at(1) as usize] = log.at(2) + array[log.at(3) as usize];
    array[log.at(2) as usize] += log.at(3);
    let compared = log.at(4) < log.at(5) && log.at(6) > log.at(7);
    log.0 ^ (sum + called + point.x * 3 + point.y * 5 + point.z * 7 + tuple.0 + tuple.1[1] + array[1] + array[2]) << 32
        ^ compared as u64
}
