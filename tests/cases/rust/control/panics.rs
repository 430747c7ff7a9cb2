//! Every way to panic with a fixed text: message and place.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10
pub fn run(input: u64) -> u64 {
    let nothing: Option<u64> = if input < 100 { None } else { Some(1) };
    let failed: Result<u64, ()> = if input < 100 { Err(()) } else { Ok(1) };
    match input {
        0 => panic!(),
        1 => panic!("with a text"),
        2 => unreachable!(),
        3 => unreachable!("never here"),
        4 => { assert!(input == 0); 4 }
        5 => { assert!(input > 5, "five is not more"); 5 }
        6 => nothing.unwrap(),
        7 => nothing.expect("something"),
        8 => { debug_assert!(input == 0); 8 }
        9 => failed.unwrap_or_else(|()| {
            panic!("in a closure")
        }),
        _ => 1,
    }
}
