//! A swap maps, protects and unmaps nothing in the windows. Alone in its binary, because it looks
//! at the mappings of the whole process.

mod common;

use common::{Program, cc};
use segue_loader::{Config, Symbols};

/// The mappings of the windows and of executable memory.
fn mappings() -> Vec<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux has procfs");
    let is_executable = |line: &str| line.split(' ').nth(1).is_some_and(|it| it.contains('x'));
    let interesting = |line: &&str| line.contains(" /dev/zero ") || is_executable(line);
    maps.lines().filter(interesting).map(str::to_owned).collect()
}

/// Both parts look at the whole process, so they run one after the other.
#[test]
fn mappings_are_few_and_swapping_changes_none() {
    swapping_changes_no_mapping();
    many_functions_need_few_mappings();
}

/// The heap's own mappings included, of which the linker's tables may need one or two.
fn many_functions_need_few_mappings() {
    const FUNCTIONS: usize = 20_000;
    let count = || std::fs::read_to_string("/proc/self/maps").expect("procfs").lines().count();
    let pattern = cc("c", "int live_00000000(int x) { return x * 3 + 1; }", &[]);
    let objects: Vec<(String, Vec<u8>)> =
        (0..FUNCTIONS).map(|number| (format!("{number}.o"), renamed(&pattern, number))).collect();
    let before = count();
    let config = Config { slots: 2 * FUNCTIONS, ..Config::default() };
    let mut program = Program::with(Symbols::of_process().expect("an executable"), config);
    for batch in objects.chunks(1_000) {
        let batch: Vec<_> =
            batch.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        program.swap_all(&batch);
    }
    let added = count().saturating_sub(before);
    assert_eq!(program.live.len(), FUNCTIONS);
    assert!((1..=8).contains(&added), "{added} mappings more");
    assert_eq!(call!(program, "live_00019999", fn(i32) -> i32, 5), 16);
}

/// A copy of an object whose one function has this number in place of eight zeroes.
fn renamed(object: &[u8], number: usize) -> Vec<u8> {
    const PATTERN: &[u8] = b"live_00000000";
    let name = format!("live_{number:08}");
    let mut object = object.to_vec();
    let mut at = 0;
    while let Some(found) = object[at..].windows(PATTERN.len()).position(|it| it == PATTERN) {
        object[at + found..][..PATTERN.len()].copy_from_slice(name.as_bytes());
        at += found + PATTERN.len();
    }
    object
}

fn swapping_changes_no_mapping() {
    let source = |step: u32| {
        format!(
            "extern int puts(const char *); static long n; \
             static __attribute__((noinline)) long step(long x) {{ return x + {step}; }} \
             long live_f(void) {{ n = step(n); if (n < 0) puts(\"never {step}\"); return n; }}"
        )
    };
    let mut program = Program::new();
    let objects: Vec<_> = (1..=4).map(|step| cc("c", &source(step), &[])).collect();
    program.swap(objects[0].clone());
    let before = mappings();
    // The write view and two windows of shared anonymous memory, which procfs calls by this name.
    assert_eq!(before.iter().filter(|line| line.contains(" /dev/zero ")).count(), 3, "{before:#?}");
    for round in 0..200 {
        program.swap(objects[round % objects.len()].clone());
        call!(program, "live_f", fn() -> i64,);
    }
    assert_eq!(mappings(), before);
}
