//! Option changed in place: take, replace, insert, get_or_insert_with, as_mut, as_ref, copied.
pub fn run(input: u64) -> u64 {
    let mut slot = if input % 2 == 0 { Some(input + 5) } else { None };
    if let Some(x) = slot.as_mut() {
        *x += 100;
    }
    let taken = slot.take();
    let empty = slot.is_none();
    let first = *slot.get_or_insert_with(|| 9);
    *slot.get_or_insert(50) += 1;
    let before = slot.replace(77);
    *slot.insert(78) *= 2;
    let view: Option<&u64> = slot.as_ref();
    let copied = view.copied().unwrap_or(0) + view.map_or(0, |x| *x);
    let mut nested = Some(Some(input));
    if let Some(Some(x)) = &mut nested {
        *x += 3;
    }
    let flat = nested.flatten().unwrap_or(0);
    let gone = slot.take_if(|x| *x > 100).is_some();
    taken.unwrap_or(1) + empty as u64 * 2 + first * 10 + before.unwrap_or(0) * 1000 + copied * 10_000 + flat * 3
        + gone as u64 * 7
}
