//! Binary search, partition point and comparisons of slices.
//# inputs: 0 1 2 3 7 8 20 21
pub fn run(input: u64) -> u64 {
    let a = [1u64, 3, 3, 8, 20];
    let found = match a.binary_search(&input) { Ok(at) => if at == 1 || at == 2 { 50 } else { at as u64 }, Err(at) => 100 + at as u64 };
    let point = a.partition_point(|x| *x < input) as u64;
    let key = a.binary_search_by_key(&(input * 2), |x| x * 2).is_ok() as u64;
    let order = a[..3].cmp(&[1, 3, input]) as i8 + 1;
    let less = (&a[..2] < &[1, 3, 3][..]) as u64;
    let equal = (a[1..3] == [input; 2]) as u64;
    found * 1000 + point * 100 + key * 50 + order as u64 * 10 + less * 4 + equal
}
