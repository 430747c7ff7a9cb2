//! One of two types that hold each other is widened.
//# probe: 300 301 302 305
struct Knot { left: Option<Box<Rope>>, weight: i32 }
struct Rope { ends: Vec<Knot>, length: i32 }
#[inline(never)] fn make(x: i64) -> Knot { Knot { left: Some(Box::new(Rope { ends: Vec::new(), length: x as i32 })), weight: 3 } }
#[inline(never)] fn fold(knot: Knot) -> i64 { let rope = knot.left.unwrap(); rope.length as i64 + rope.ends.len() as i64 + knot.weight as i64 * 100 }
//# after
//# expect: live, changed fold make
//# probe: 300 301 302 305
//# flight: old
struct Knot { left: Option<Box<Rope>>, weight: i32 }
struct Rope { ends: Vec<Knot>, length: i64 }
#[inline(never)] fn make(x: i64) -> Knot { Knot { left: Some(Box::new(Rope { ends: Vec::new(), length: x << 33 | x })), weight: 3 } }
#[inline(never)] fn fold(knot: Knot) -> i64 { let rope = knot.left.unwrap(); (rope.length >> 33) + rope.ends.len() as i64 + knot.weight as i64 * 100 }
