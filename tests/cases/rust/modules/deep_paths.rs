//! Paths of every kind: super::super, self, use in blocks and functions, renamed traits and enums, nested groups, glob of enums.
mod shapes {
    pub mod traits { pub trait Area { fn area(&self) -> u64; const SIDES: u64 = 0; } pub trait Grow { fn grow(&mut self); } }
    pub mod round { use super::traits::Area; pub struct Circle(pub u64); impl Area for Circle { fn area(&self) -> u64 { 3 * self.0 * self.0 } } }
    pub mod flat {
        use super::traits::{self, Area as _, Grow};
        pub struct Square { pub side: u64, pub(in super::super) mark: u64 }
        impl traits::Area for Square { fn area(&self) -> u64 { self.side * self.side } const SIDES: u64 = 4; }
        impl Grow for Square { fn grow(&mut self) { self.side += super::super::STEP; self.mark += self.area(); } }
        impl Square { pub fn new(side: u64) -> Square { Square { side, mark: inner::start() } } }
        mod inner { pub(super) fn start() -> u64 { super::super::super::STEP * 100 } }
    }
    pub use self::{flat::Square as Quad, round::*};
    pub enum Color { Red = 1, Green = 5 }
    impl Color { pub const DEFAULT: Color = Color::Green; }
}
const STEP: u64 = 2;
use shapes::{traits::{Area, Grow as Bigger}, Color::{self, *}, Quad};
type Round = shapes::Circle;
pub fn run(input: u64) -> u64 {
    use shapes::flat;
    let mut quad = Quad::new(input);
    quad.grow();
    Bigger::grow(&mut quad);
    let color = if input > 1 { Red } else { Color::DEFAULT };
    let code = { use self::shapes::Color as C; match color { C::Red => 10, C::Green => 20 } };
    fn local() -> u64 { STEP + <flat::Square as Area>::SIDES }
    quad.area() * 1000 + quad.mark + Round { 0: input }.area() * 100_000 + code + local() + <flat::Square as Area>::SIDES + Green as u64 * 7 + <Round as Area>::SIDES
}
use shapes::flat;
