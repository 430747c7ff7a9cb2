//! Shadowing in nested blocks, loops and match arms; each binding keeps its own type.
pub fn run(input: u64) -> u64 {
    let x = input;
    let x = x as u8 as char;
    let y = {
        let x = x as u32 + 5;
        let x = if x > 6 { let x = x * 2; x + 1 } else { x };
        x as u64
    };
    let mut total = y;
    for x in 0..3u16 {
        let total_before = total;
        let total = x as u64 * 10;
        if total > 10 {
            let x = total + total_before;
            assert!(x > total);
        }
    }
    total += match input {
        x @ 0..=1 => { let total = x; total * 100 }
        x => x * 1000,
    };
    total * 256 + x as u64
}
