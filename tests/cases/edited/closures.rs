//! Closures whose address is taken: boxed, as function pointers, called once, in iterators behind a pointer.
//# inputs: 0 1 2 3 4 5
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
fn leaf(x: u64) -> u64 { x + 1 }
fn boxed(by: u64) -> Box<dyn Fn(u64) -> u64> { Box::new(move |x| leaf(x) * by) }
fn once(text: String) -> Box<dyn FnOnce(u64) -> u64> { Box::new(move |x| leaf(x) + text.len() as u64) }
fn pointer(which: bool) -> fn(u64) -> u64 { if which { |x| leaf(x) * 2 } else { leaf } }
fn items(end: u64) -> Box<dyn Iterator<Item = u64>> { Box::new((0..end).map(|x| leaf(x) * 7).filter(|x| leaf(*x) % 3 != 0)) }
fn by_reference(f: &mut dyn FnMut(u64)) { (0..4).for_each(f) }
pub fn run(input: u64) -> u64 {
    match input {
        0 => boxed(3)(5),
        1 => once("four".to_owned())(5),
        2 => pointer(true)(9) * 100 + pointer(false)(8),
        3 => items(20).sum(),
        4 => { let mut sum = 0; by_reference(&mut |x| sum += leaf(x)); sum }
        _ => { let mut list = vec![3, 1, 2]; list.sort_by_key(|x| u64::MAX - leaf(*x)); list[0] * 10 + list[2] }
    }
}
