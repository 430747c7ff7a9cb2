//! Box: made, dereferenced, moved out of, changed, compared, cloned, of arrays and structs.
#[derive(Clone, PartialEq, PartialOrd, Debug)]
struct Big { a: [u64; 20], b: u8 }
fn double(mut b: Box<u64>) -> Box<u64> { *b *= 2; b }
pub fn run(input: u64) -> u64 {
    let mut a = Box::new(input + 3);
    *a += 4;
    let b = a.clone();
    let a = double(a);
    let big = Box::new(Big { a: [input; 20], b: 7 });
    let mut copy = big.clone();
    copy.a[3] = 99;
    let order = (big < copy) as u64 + (big == copy) as u64 * 2;
    let Big { a: array, b: last } = *copy;
    let nested = Box::new(Box::new(Some(Box::new(5u8))));
    let inner = nested.as_ref().as_ref().as_ref().map_or(0, |x| **x as u64);
    let slice: Box<[u64]> = Box::new([1, 2, input]);
    let moved = *a;
    moved * 1000 + *b + order * 7 + array.iter().sum::<u64>() + last as u64 + inner + slice.len() as u64 * 11 + slice[2]
}
