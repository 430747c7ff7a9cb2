//! Unstable sorts by key, comparator, reversed and compound keys, of structs, floats, bools and arrays; select_nth and is_sorted_by.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Person { age: u8, height: f32, name: [u8; 2] }
pub fn run(input: u64) -> u64 {
    let mut people = [
        Person { age: 30, height: 1.8, name: *b"ab" }, Person { age: 25 + input as u8 * 3, height: 1.6, name: *b"zz" },
        Person { age: 30, height: 1.75, name: *b"aa" }, Person { age: 31, height: -0.0, name: *b"mm" }, Person { age: 2, height: 0.9, name: *b"ba" },
    ];
    let hash = |p: &[Person]| p.iter().fold(0u64, |h, p| h * 37 + p.age as u64 + p.name[0] as u64 % 30);
    people.sort_unstable_by_key(|p| (p.age, p.name));
    let mut sum = hash(&people);
    people.sort_unstable_by(|a, b| b.height.total_cmp(&a.height));
    sum = sum.wrapping_mul(3) ^ hash(&people);
    people.sort_unstable_by_key(|p| std::cmp::Reverse((p.name[1], p.age)));
    sum = sum.wrapping_mul(3) ^ hash(&people);
    people.sort_unstable_by(|a, b| a.age.cmp(&b.age).then(b.name.cmp(&a.name)).then_with(|| a.height.total_cmp(&b.height)));
    sum = sum.wrapping_mul(3) ^ hash(&people);
    let mut bools = [true, false, input > 1, false];
    bools.sort_unstable();
    let mut pairs = [[3, 1], [1, 9], [3, 0], [1, input]];
    pairs.sort_unstable();
    let mut numbers = [9u64, 1, 8, 2, 7, 3, 6, 4, 5, input];
    let (_, median, _) = numbers.select_nth_unstable(4);
    let sorted = people.is_sorted_by(|a, b| a.age <= b.age) as u64 + people.is_sorted_by_key(|p| p.height) as u64 * 2;
    sum ^ (*median) << 40 ^ (bools[2] as u64) << 45 ^ pairs[1][1] << 46 ^ sorted << 52
}
