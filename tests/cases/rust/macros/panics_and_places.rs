//! Panics inside of macros name the place of the outermost call in the file.
//# inputs: 0 1 2 3 4 5
macro_rules! check {
    ($value:expr, $limit:expr) => {
        if $value > $limit { panic!("above") } else { $value }
    };
}
macro_rules! divide { ($a:expr, $b:expr) => { $a / $b }; }
macro_rules! index {
    ($array:ident[$at:expr]) => {{
        let at = $at;
        $array[at]
    }};
}
macro_rules! outer { ($x:expr) => { divide!(100, $x) + check!($x, 50) }; }
pub fn run(input: u64) -> u64 {
    let list = [1u64, 2, 3];
    let zero = input / 10;
    match input {
        0 => check!(input + 60, 50),
        1 => divide!(input, zero),
        2 => index!(list[input as usize + 5]),
        3 => outer!(
            zero
        ),
        4 => outer!(70),
        _ => check!(5, 9) + divide!(9, 2) + index!(list[1]) + outer!(4),
    }
}
