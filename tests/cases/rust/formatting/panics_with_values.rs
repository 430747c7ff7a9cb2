//! Panics whose messages are formatted: arguments, assert_eq, assert_ne, debug forms, own types.
//# inputs: 0 1 2 3 4 5 6 7
#[derive(Debug, PartialEq)]
struct Pair { a: u64, b: Option<char> }
pub fn run(input: u64) -> u64 {
    let pair = Pair { a: input, b: Some('x') };
    match input {
        0 => panic!("input {input} and {:?}", pair),
        1 => { assert_eq!(input, 2); 1 }
        2 => { assert_eq!(pair, Pair { a: 2, b: None }, "pairs differ by {}", pair.a * 10); 2 }
        3 => { assert_ne!(pair.a, 3, "not three"); 3 }
        4 => { assert!(pair.b.is_none(), "{0} and {0:>4}", input); 4 }
        5 => unreachable!("at {}", input + 1),
        6 => Err::<u64, _>(pair).unwrap(),
        _ => { assert_eq!([1, 2], [1, 2]); assert_ne!("a", "b"); 7 }
    }
}
