//! References to references, automatic dereferencing, comparisons through them, references in structs and arrays.
struct View<'a> { first: &'a u64, all: &'a [u64], nested: &'a &'a u64 }
fn deep(x: &&&u64) -> u64 { ***x + 1 }
fn either<'a>(a: &'a u64, b: &'a u64, which: bool) -> &'a u64 { if which { a } else { b } }
pub fn run(input: u64) -> u64 {
    let numbers = [input, 20, 30];
    let r = &numbers[0];
    let view = View { first: r, all: &numbers[1..], nested: &r };
    let mut chosen = either(view.first, &view.all[1], input > 1);
    let seen = *chosen;
    chosen = &5;
    let equal = &&input == view.nested && *view.first == **view.nested;
    let list = [&1u64, &input, &3];
    let sum: u64 = list.iter().map(|x| **x).sum();
    let text: &'static str = if input > 0 { "more" } else { "" };
    let slot: &mut Option<&u64> = &mut None;
    *slot = Some(&numbers[2]);
    deep(&&r) + seen * 10 + *chosen * 100 + equal as u64 * 1000 + sum * 10_000 + text.len() as u64 + *slot.unwrap()
        + view.all.len() as u64
}
