//! A trait with two implementations, called directly and through a generic function.
trait Area { fn area(&self) -> u64; fn twice(&self) -> u64 { self.area() * 2 } }
struct Square(u64);
struct Rect(u64, u64);
impl Area for Square { fn area(&self) -> u64 { self.0 * self.0 } }
impl Area for Rect { fn area(&self) -> u64 { self.0 * self.1 } fn twice(&self) -> u64 { 1 } }
fn total<T: Area>(t: &T) -> u64 { t.area() + t.twice() }
pub fn run(input: u64) -> u64 {
    Square(input).area() + total(&Square(3)) * 10 + total(&Rect(input, 4)) * 1000
}
