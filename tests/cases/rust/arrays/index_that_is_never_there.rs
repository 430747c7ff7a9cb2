//! Indices that are known to lie outside of arrays: the panic comes when the code is reached.
//# inputs: 0 1 2 3

#[allow(unconditional_panic)]
pub fn run(input: u64) -> u64 {
    let numbers = [1.5_f32, 2.5];
    match input {
        1 => u64::from([1.0_f32, 2.0][5] > 0.0),
        2 => {
            let mut pairs = [(1_u8, String::from("a"))];
            pairs[7].1.push('b');
            pairs.len() as u64
        }
        3 => [0_u64; 0][0],
        _ => (numbers[1] * 2.0) as u64,
    }
}
