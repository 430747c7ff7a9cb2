//! Captures by reference, by mutable reference and by value; copies stay apart, parts are captured separately.
struct Pair { a: u64, b: [u64; 3] }
pub fn run(input: u64) -> u64 {
    let mut count = input;
    let add = |x: u64| x + count;
    let first = add(5) + add(6);
    let mut bump = |by: u64| { count += by; count };
    let second = bump(1) * 10 + bump(10);
    let copied = move || count * 2;
    count += 100;
    let mut pair = Pair { a: 7, b: [1, 2, 3] };
    let part = &pair.a;
    let mut change = || pair.b[1] += *part;
    change();
    change();
    let mut own = move |n: u64| { pair.b[0] += n; pair.b[0] + pair.a };
    let third = own(3) * 100 + own(4);
    let nested = |x: u64| { let y = x + first; move |z: u64| z * y + count };
    first + second * 3 + copied() * 5 + third * 7 + nested(2)(3) * 11 + count * 13
}
