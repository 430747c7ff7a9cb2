//! An enum without and one with data, matched.
enum Way { Left, Right, Stay }
enum Shape { Dot, Line(u64), Box { w: u64, h: u64 } }
fn way(n: u64) -> Way { if n == 0 { Way::Left } else if n == 1 { Way::Right } else { Way::Stay } }
fn area(s: Shape) -> u64 { match s { Shape::Dot => 0, Shape::Line(n) => n, Shape::Box { w, h } => w * h } }
pub fn run(input: u64) -> u64 {
    let shape = match way(input) { Way::Left => Shape::Dot, Way::Right => Shape::Line(7), Way::Stay => Shape::Box { w: input, h: 5 } };
    area(shape) + match way(input + 1) { Way::Left => 100, Way::Right => 200, Way::Stay => 300 }
}
